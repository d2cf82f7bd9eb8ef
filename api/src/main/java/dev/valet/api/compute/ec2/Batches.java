package dev.valet.api.compute.ec2;

import java.util.List;
import java.util.stream.IntStream;

/** Cuts lists to the sizes that EC2 takes in one call. */
final class Batches {
  private Batches() {}

  static List<List<String>> of(List<String> ids, int size) {
    int count = (ids.size() + size - 1) / size;
    return IntStream.range(0, count)
        .mapToObj(i -> ids.subList(i * size, Math.min(ids.size(), (i + 1) * size)))
        .toList();
  }
}
