package dev.valet.api.compute.ec2;

import dev.valet.api.compute.ComputeError;
import dev.valet.api.compute.ComputeException;
import dev.valet.api.compute.Instance;
import io.smallrye.mutiny.Multi;
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
  private static final int MOST_PAGES = 1_000;

  private final Ec2Calls calls;

  Ec2Listing(Ec2Calls calls) {
    this.calls = calls;
  }

  /** Instances for which the named attribute has one of the values. */
  Uni<List<Instance>> where(String filter, Collection<String> values) {
    Filter wanted = Filter.builder().name(filter).values(values).build();
    return Multi.createBy()
        .repeating()
        .uni(Position::new, position -> page(wanted, position))
        .whilst(page -> page.next() != null)
        .collect()
        .in(LinkedHashMap<String, Instance>::new, Ec2Listing::add)
        .map(found -> List.copyOf(found.values()));
  }

  private Uni<Page> page(Filter wanted, Position position) {
    return calls
        .call(
            Ec2Action.DESCRIBE_INSTANCES,
            (ec2, options) ->
                ec2.describeInstances(request ->
                    request
                        .filters(wanted)
                        .maxResults(PAGE_SIZE)
                        .nextToken(position.token)
                        .overrideConfiguration(options)),
            Page::of)
        .invoke(position::moveBehind);
  }

  private static void add(Map<String, Instance> found, Page page) {
    page.instances().forEach(instance -> found.put(instance.instanceId(), instance));
  }

  /** One page, and the token of the next; null after the last. */
  private record Page(List<Instance> instances, @Nullable String next) {
    static Page of(DescribeInstancesResponse answer) {
      List<Instance> instances =
          answer.reservations().stream()
              .flatMap(reservation -> reservation.instances().stream())
              .map(Ec2Instances::of)
              .toList();
      String token = answer.nextToken();
      return new Page(instances, token == null || token.isEmpty() ? null : token);
    }
  }

  /** Where in the pages one listing is; guards against a token that leads nowhere new. */
  private static final class Position {
    private @Nullable String token;
    private int pages;

    void moveBehind(Page page) {
      pages++;
      String next = page.next();
      if (next != null && (next.equals(token) || pages >= MOST_PAGES)) {
        throw new ComputeException(
            ComputeError.UNKNOWN,
            "EndlessPages",
            "DescribeInstances does not come to an end after " + pages + " pages",
            null);
      }
      token = next;
    }
  }
}
