package dev.valet.agent.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer that is ready to be sent, any number of times.
 *
 * @param status HTTP status
 * @param contentType its media type
 * @param body its bytes; never changed
 */
public record CachedAnswer(int status, String contentType, Buffer body) {

  /** An answer in JSON. */
  public static CachedAnswer json(int status, Object body, ObjectMapper json) {
    return new CachedAnswer(status, "application/json", bytes(body, json));
  }

  /** A problem in the sense of RFC 9457. */
  public static CachedAnswer problem(int status, String title, String detail, ObjectMapper json) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", "about:blank");
    problem.put("title", title);
    problem.put("status", status);
    problem.put("detail", detail);
    return new CachedAnswer(status, "application/problem+json", bytes(problem, json));
  }

  /**
   * Sends it. A body of the request that was not read may never end, so the connection ends then.
   *
   * @param unreadBody whether the request has such a body
   */
  public void sendTo(HttpServerRequest request, boolean unreadBody) {
    HttpServerResponse response =
        request
            .response()
            .setStatusCode(status)
            .putHeader("Content-Type", contentType)
            .putHeader("Content-Length", String.valueOf(body.length()))
            .putHeader("Cache-Control", "no-store");
    if (unreadBody) {
      response.putHeader("Connection", "close");
    }
    Future<Void> sent =
        request.method().equals(HttpMethod.HEAD) ? response.end() : response.end(body);
    if (unreadBody) {
      sent.onComplete(done -> request.connection().close());
    }
  }

  private static Buffer bytes(Object body, ObjectMapper json) {
    try {
      return Buffer.buffer(json.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + body.getClass().getSimpleName(), e);
    }
  }
}
