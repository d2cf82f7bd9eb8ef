package dev.valet.agent.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer that is ready to be sent, any number of times.
 *
 * @param status HTTP status
 * @param contentType its media type
 * @param body its bytes; never changed
 */
record CachedAnswer(int status, String contentType, Buffer body) {

  static CachedAnswer json(int status, Object body, ObjectMapper json) {
    return new CachedAnswer(status, "application/json", bytes(body, json));
  }

  /** A problem in the sense of RFC 9457. */
  static CachedAnswer problem(int status, String title, String detail, ObjectMapper json) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", "about:blank");
    problem.put("title", title);
    problem.put("status", status);
    problem.put("detail", detail);
    return new CachedAnswer(status, "application/problem+json", bytes(problem, json));
  }

  private static Buffer bytes(Object body, ObjectMapper json) {
    try {
      return Buffer.buffer(json.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + body.getClass().getSimpleName(), e);
    }
  }
}
