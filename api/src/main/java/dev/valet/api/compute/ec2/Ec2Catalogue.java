package dev.valet.api.compute.ec2;

import dev.valet.api.compute.ComputeCatalogue;
import dev.valet.api.compute.ec2.Pages.Page;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.LocationType;

/** What EC2 has on offer, over AWS' SDK. */
final class Ec2Catalogue implements ComputeCatalogue {
  /** EC2 takes at most 200 values in the filters of one call. */
  private static final int MOST_FILTER_VALUES = 200;

  private static final int PAGE = 1_000;
  private static final int PAGE_OF_TYPES = 100;

  private final Ec2Calls calls;

  Ec2Catalogue(Ec2Calls calls) {
    this.calls = calls;
  }

  @Override
  public Uni<List<Image>> images(Collection<String> ids) {
    return where(
        Ec2Action.DESCRIBE_IMAGES,
        ids,
        (wanted, token) ->
            calls.call(
                Ec2Action.DESCRIBE_IMAGES,
                (ec2, options) ->
                    ec2.describeImages(r ->
                        r.filters(filter("image-id", wanted))
                            .maxResults(PAGE)
                            .nextToken(token)
                            .overrideConfiguration(options)),
                answer -> page(answer.images(), OfferReader::image, answer.nextToken())));
  }

  @Override
  public Uni<List<Type>> types(Collection<String> names) {
    return where(
        Ec2Action.DESCRIBE_INSTANCE_TYPES,
        names,
        (wanted, token) ->
            calls.call(
                Ec2Action.DESCRIBE_INSTANCE_TYPES,
                (ec2, options) ->
                    ec2.describeInstanceTypes(r ->
                        r.filters(filter("instance-type", wanted))
                            .maxResults(PAGE_OF_TYPES)
                            .nextToken(token)
                            .overrideConfiguration(options)),
                answer -> page(answer.instanceTypes(), OfferReader::type, answer.nextToken())));
  }

  @Override
  public Uni<List<Offer>> offers(Collection<String> types, Collection<String> zones) {
    if (zones.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    return where(
        Ec2Action.DESCRIBE_INSTANCE_TYPE_OFFERINGS,
        types,
        (wanted, token) ->
            calls.call(
                Ec2Action.DESCRIBE_INSTANCE_TYPE_OFFERINGS,
                (ec2, options) ->
                    ec2.describeInstanceTypeOfferings(r ->
                        r.locationType(LocationType.AVAILABILITY_ZONE)
                            .filters(
                                filter("instance-type", wanted),
                                filter("location", List.copyOf(zones)))
                            .maxResults(PAGE)
                            .nextToken(token)
                            .overrideConfiguration(options)),
                answer ->
                    page(answer.instanceTypeOfferings(), OfferReader::offer, answer.nextToken())));
  }

  @Override
  public Uni<List<Subnet>> subnets(Collection<String> ids) {
    return where(
        Ec2Action.DESCRIBE_SUBNETS,
        ids,
        (wanted, token) ->
            calls.call(
                Ec2Action.DESCRIBE_SUBNETS,
                (ec2, options) ->
                    ec2.describeSubnets(r ->
                        r.filters(filter("subnet-id", wanted))
                            .maxResults(PAGE)
                            .nextToken(token)
                            .overrideConfiguration(options)),
                answer -> page(answer.subnets(), OfferReader::subnet, answer.nextToken())));
  }

  @Override
  public Uni<List<Group>> groups(Collection<String> ids) {
    return where(
        Ec2Action.DESCRIBE_SECURITY_GROUPS,
        ids,
        (wanted, token) ->
            calls.call(
                Ec2Action.DESCRIBE_SECURITY_GROUPS,
                (ec2, options) ->
                    ec2.describeSecurityGroups(r ->
                        r.filters(filter("group-id", wanted))
                            .maxResults(PAGE)
                            .nextToken(token)
                            .overrideConfiguration(options)),
                answer -> page(answer.securityGroups(), OfferReader::group, answer.nextToken())));
  }

  /** Nothing is asked for nothing: an empty filter would be refused. */
  private static <T> Uni<List<T>> where(
      Ec2Action action,
      Collection<String> values,
      BiFunction<List<String>, @Nullable String, Uni<Page<T>>> read) {
    List<String> wanted = values.stream().distinct().limit(MOST_FILTER_VALUES).toList();
    return wanted.isEmpty()
        ? Uni.createFrom().item(List.of())
        : Pages.all(action, token -> read.apply(wanted, token));
  }

  private static <S, T> Page<T> page(
      List<S> answered, Function<S, T> reader, @Nullable String next) {
    return new Page<>(answered.stream().map(reader).toList(), next);
  }

  private static Filter filter(String name, List<String> values) {
    return Filter.builder().name(name).values(values).build();
  }
}
