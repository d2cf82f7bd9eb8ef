package dev.valet.local.ec2.wire;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An HTTP answer. */
@SuppressWarnings("ArrayRecordComponent") // sent once, never compared
public record Reply(int status, String contentType, Map<String, String> headers, byte[] body) {

  /** Plain text. */
  public static Reply text(int status, String body) {
    return new Reply(
        status, "text/plain;charset=UTF-8", Map.of(), body.getBytes(StandardCharsets.UTF_8));
  }

  /** JSON that is written already. */
  public static Reply json(int status, byte[] body) {
    return new Reply(status, "application/json", Map.of(), body);
  }

  /** EC2's XML with its request id. */
  public static Reply xml(int status, String requestId, byte[] body) {
    return new Reply(status, "text/xml;charset=UTF-8", Map.of("x-amzn-requestid", requestId), body);
  }

  /** The same with one more header. */
  public Reply with(String header, String value) {
    return new Reply(status, contentType, Map.of(header, value), body);
  }
}
