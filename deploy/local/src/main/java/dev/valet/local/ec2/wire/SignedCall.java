package dev.valet.local.ec2.wire;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP request as a signature covers it.
 *
 * @param headers by lower-case name
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record SignedCall(
    String method, String path, String query, Map<String, List<String>> headers, byte[] body) {

  Optional<String> header(String name) {
    List<String> values = headers.getOrDefault(name, List.of());
    return values.isEmpty() ? Optional.empty() : Optional.of(canonical(values));
  }

  private static String canonical(List<String> values) {
    return String.join(
        ",", values.stream().map(value -> value.strip().replaceAll(" +", " ")).toList());
  }
}
