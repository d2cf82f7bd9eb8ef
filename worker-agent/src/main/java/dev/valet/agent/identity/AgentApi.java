package dev.valet.agent.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.agent.identity.ApiAnswer.Unavailable;
import dev.valet.agent.identity.HttpCalls.Answer;
import dev.valet.agent.identity.HttpCalls.Call;
import dev.valet.agent.platform.ClockSkew;
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
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** The two calls that an agent makes to the API. They never fail: trouble is an answer, too. */
@Singleton
final class AgentApi {
  private static final Logger LOG = Logger.getLogger(AgentApi.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpCalls http;
  private final URI base;
  private final ObjectMapper json;
  private final ApiAnswerReader reader;
  private final Clock clock;
  private final ClockSkew skew;

  @Inject
  AgentApi(HttpCalls http, Settings settings, ObjectMapper json, Clock clock, ClockSkew skew) {
    this.http = http;
    this.base = settings.apiUrl();
    this.json = json;
    this.reader = new ApiAnswerReader(settings.sandboxId(), json);
    this.clock = clock;
    this.skew = skew;
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
    Instant asked = clock.instant();
    return http.send(new Call(HttpMethod.POST, uri, headers, encoded(body), TIMEOUT))
        .onSuccess(answer -> learnTime(asked, answer))
        .map(understood)
        .otherwise(this::unreachable);
  }

  private void learnTime(Instant asked, Answer answer) {
    String date = answer.date();
    if (date == null || answer.status() != 200) {
      return; // who answers otherwise may not be the API
    }
    try {
      Instant told = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
      skew.learn(told, asked, clock.instant());
    } catch (DateTimeException e) {
      LOG.debugf("the API's Date header cannot be read");
    }
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
