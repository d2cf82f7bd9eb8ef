package dev.valet.e2e.bench;

import java.time.Duration;
import java.util.List;

/** API and floor by turns, so that both meet the machine in the same mood. */
final class Comparison {
  private static final double MEDIAN = 0.5;
  private static final double SLOW = 0.99;

  private final OpenLoop loop;
  private final Programs.Running api;
  private final Programs.Running floor;
  private final CpuTime postgres;

  Comparison(OpenLoop loop, Programs.Running api, Programs.Running floor, CpuTime postgres) {
    this.loop = loop;
    this.api = api;
    this.floor = floor;
    this.postgres = postgres;
  }

  /** One program's figures for one list; processor time in milliseconds per request. */
  private record Result(Latencies latencies, double cpu, double postgresCpu) {}

  void warmUp(List<Listing> listings, Duration each) throws InterruptedException {
    for (int i = 0; i < listings.size(); i++) {
      loop.run(api.port(), listings.get(i).path(), each);
      loop.run(floor.port(), floorPath(i), each.dividedBy(2));
    }
  }

  /** Prints a Markdown table and returns the API's slowest p99 in milliseconds. */
  double measure(List<Listing> listings, Duration each) throws InterruptedException {
    ListBench.say(
        "| list | p50 ms | p99 ms | max ms | floor p50 | floor p99 | floor max | p50 / floor"
            + " | p99 / floor | CPU ms | floor CPU ms | PostgreSQL CPU ms |");
    ListBench.say("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    double worst = 0;
    for (int i = 0; i < listings.size(); i++) {
      Result ours = run(api, listings.get(i).path(), each);
      Result least = run(floor, floorPath(i), each);
      print(listings.get(i).name(), ours, least);
      worst = Math.max(worst, ours.latencies().percentile(SLOW));
    }
    return worst;
  }

  private static String floorPath(int number) {
    return "/" + number;
  }

  private Result run(Programs.Running program, String path, Duration each)
      throws InterruptedException {
    CpuTime cpu = CpuTime.of(program.process().toHandle());
    Duration before = cpu.used();
    Duration postgresBefore = postgres.used();
    Latencies latencies = loop.run(program.port(), path, each);
    int requests = latencies.sorted().length;
    return new Result(
        latencies, cpu.perRequest(before, requests), postgres.perRequest(postgresBefore, requests));
  }

  private static void print(String name, Result ours, Result least) {
    ListBench.say(
        "| %s | %s | %s | %.1f | %.1f | %.2f | %.2f | %.2f |",
        name,
        ours.latencies().cells(),
        least.latencies().cells(),
        ratio(ours, least, MEDIAN),
        ratio(ours, least, SLOW),
        ours.cpu(),
        least.cpu(),
        ours.postgresCpu());
  }

  private static double ratio(Result ours, Result least, double share) {
    return ours.latencies().percentile(share) / least.latencies().percentile(share);
  }
}
