package dev.valet.agent.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.agent.identity.ApiAnswer.Accepted;
import dev.valet.agent.identity.ApiAnswer.Enrolled;
import dev.valet.agent.identity.ApiAnswer.Refused;
import dev.valet.agent.identity.ApiAnswer.Unavailable;
import dev.valet.agent.identity.HttpCalls.Answer;
import dev.valet.agent.platform.Secret;
import dev.valet.common.agent.AgentConfig;
import dev.valet.common.agent.EnrollResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns the API's HTTP answers into {@link ApiAnswer}s; trusts nothing in them. */
final class ApiAnswerReader {
  /** Client errors that mean "later", not "no". */
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);

  private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(5);

  private final UUID sandboxId;
  private final ObjectMapper json;

  ApiAnswerReader(UUID sandboxId, ObjectMapper json) {
    this.sandboxId = sandboxId;
    this.json = json;
  }

  ApiAnswer contact(Answer answer) {
    if (answer.status() != 200) {
      return declined(answer);
    }
    try {
      return accepted(read(answer, AgentConfig.class));
    } catch (IOException e) {
      return unusable(e);
    }
  }

  ApiAnswer enrolment(Answer answer) {
    if (answer.status() != 200 && answer.status() != 201) {
      return declined(answer);
    }
    try {
      EnrollResponse response = read(answer, EnrollResponse.class);
      @Nullable String credential = response.credential();
      if (credential == null || !Secret.isWellFormed(credential)) {
        throw new IOException("credential is missing or malformed");
      }
      return new Enrolled(new Secret(credential), accepted(response.config()));
    } catch (IOException e) {
      return unusable(e);
    }
  }

  private <T> T read(Answer answer, Class<T> type) throws IOException {
    T value;
    try {
      value = json.readValue(answer.body().getBytes(), type);
    } catch (IOException e) {
      // Jackson quotes its input in its messages, and the input may be a credential.
      throw new IOException("not the expected JSON");
    }
    if (value == null) {
      throw new IOException("it is empty");
    }
    return value;
  }

  private ApiAnswer accepted(@Nullable AgentConfig config) {
    if (config == null || !sandboxId.equals(config.sandboxId())) {
      return unusable("the configuration is missing or for another sandbox");
    }
    if (config.capacity() < 1 || config.capacity() > 100 || config.engines() == null) {
      return unusable("capacity or engines are missing or out of range");
    }
    if (!isBase64(config.commandPublicKey())) {
      return unusable("commandPublicKey is missing or not base64");
    }
    return new Accepted(config);
  }

  private static boolean isBase64(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return false;
    }
    try {
      return Base64.getDecoder().decode(text).length > 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private ApiAnswer declined(Answer answer) {
    int status = answer.status();
    String reason = "HTTP " + status + title(answer);
    boolean refusal = status >= 300 && status < 500 && !PASSING.contains(status);
    return refusal
        ? new Refused(status, reason)
        : new Unavailable("the API answers " + reason, retryAfter(answer.retryAfter()));
  }

  /** The problem's title says what is wrong in words that the API chose; the rest is not quoted. */
  private String title(Answer answer) {
    try {
      JsonNode title = json.readTree(answer.body().getBytes()).path("title");
      return title.isTextual() ? ", " + Printable.text(title.asText(), 120) : "";
    } catch (IOException e) {
      return "";
    }
  }

  /** Seconds only; a date would need clocks that agree. */
  private static Duration retryAfter(@Nullable String header) {
    if (header == null || !header.matches("[0-9]{1,6}")) {
      return Duration.ZERO;
    }
    Duration asked = Duration.ofSeconds(Long.parseLong(header));
    return asked.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : asked;
  }

  private static Unavailable unusable(IOException problem) {
    return unusable(Printable.reason(problem));
  }

  private static Unavailable unusable(String problem) {
    return new Unavailable("the API's answer cannot be used: " + problem);
  }
}
