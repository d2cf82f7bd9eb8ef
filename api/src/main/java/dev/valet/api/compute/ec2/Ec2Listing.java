package dev.valet.api.compute.ec2;

import dev.valet.api.compute.Instance;
import dev.valet.api.compute.ec2.Pages.Page;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;

/**
 * Lists instances by a filter: every page or a failure. Pages may be short or even empty while more
 * follow; an instance that moves between pages counts once.
 */
final class Ec2Listing {
  private static final int PAGE_SIZE = 1_000;

  private final Ec2Calls calls;

  Ec2Listing(Ec2Calls calls) {
    this.calls = calls;
  }

  /** Instances for which the named attribute has one of the values. */
  Uni<List<Instance>> where(String filter, Collection<String> values) {
    Filter wanted = Filter.builder().name(filter).values(values).build();
    return Pages.all(Ec2Action.DESCRIBE_INSTANCES, token -> page(wanted, token))
        .map(Ec2Listing::once);
  }

  private Uni<Page<Instance>> page(Filter wanted, @Nullable String token) {
    return calls.call(
        Ec2Action.DESCRIBE_INSTANCES,
        (ec2, options) ->
            ec2.describeInstances(request ->
                request
                    .filters(wanted)
                    .maxResults(PAGE_SIZE)
                    .nextToken(token)
                    .overrideConfiguration(options)),
        Ec2Listing::read);
  }

  private static Page<Instance> read(DescribeInstancesResponse answer) {
    return new Page<>(
        answer.reservations().stream()
            .flatMap(reservation -> reservation.instances().stream())
            .map(Ec2Instances::of)
            .toList(),
        answer.nextToken());
  }

  private static List<Instance> once(List<Instance> listed) {
    Map<String, Instance> found = new LinkedHashMap<>();
    listed.forEach(instance -> found.put(instance.instanceId(), instance));
    return List.copyOf(found.values());
  }
}
