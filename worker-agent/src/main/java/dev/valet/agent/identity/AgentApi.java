package dev.valet.agent.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.agent.identity.ApiAnswer.Unavailable;
import dev.valet.agent.identity.HttpCalls.Answer;
import dev.valet.agent.identity.HttpCalls.Call;
import dev.valet.agent.platform.Secret;
import dev.valet.agent.platform.Settings;
import dev.valet.common.agent.AgentContact;
import dev.valet.common.agent.EnrollRequest;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The two calls that an agent makes to the API. They never fail: trouble is an answer, too. */
@Singleton
final class AgentApi {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpCalls http;
  private final URI base;
  private final ObjectMapper json;
  private final ApiAnswerReader reader;

  @Inject
  AgentApi(HttpCalls http, Settings settings, ObjectMapper json) {
    this.http = http;
    this.base = settings.apiUrl();
    this.json = json;
    this.reader = new ApiAnswerReader(settings.sandboxId(), json);
  }

  /** Tells the API that this process has started, and learns its configuration. */
  Future<ApiAnswer> contact(Secret credential, AgentContact contact) {
    Map<String, String> bearer = Map.of("Authorization", "Bearer " + credential.reveal());
    return post("/agent/v1/config", bearer, contact, reader::contact);
  }

  /** Exchanges the bootstrap token for a credential. */
  Future<ApiAnswer> enroll(EnrollRequest request) {
    return post("/agent/v1/enroll", Map.of(), request, reader::enrolment);
  }

  private Future<ApiAnswer> post(
      String path,
      Map<String, String> extraHeaders,
      Object body,
      Function<Answer, ApiAnswer> understood) {
    Map<String, String> headers = new HashMap<>(extraHeaders);
    headers.put("Content-Type", "application/json");
    headers.put("Accept", "application/json, application/problem+json");
    URI uri = URI.create(base + path);
    return http.send(new Call(HttpMethod.POST, uri, headers, encoded(body), TIMEOUT))
        .map(understood)
        .otherwise(this::unreachable);
  }

  private Buffer encoded(Object body) {
    try {
      return Buffer.buffer(json.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + body.getClass().getSimpleName(), e);
    }
  }

  private ApiAnswer unreachable(Throwable failure) {
    return new Unavailable("cannot reach the API at " + base + ": " + Printable.reason(failure));
  }
}
