package dev.valet.local.ec2.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.valet.local.ec2.wire.Account;
import dev.valet.local.ec2.wire.Reply;
import dev.valet.local.ec2.wire.SignedCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code /chaos}: GET shows what is held, POST makes a fault. A request carries the account's
 * secret as bearer token; its body names the fault, {@code {"fault": "hold", "action":
 * "RunInstances", "moment": "after"}}. Answers are {@code {"done": "..."}} or {@code {"error":
 * "..."}}. A new fault is one more entry in {@link #FIELDS} and one more case in {@link #make}.
 */
public final class ChaosEndpoint {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** What each fault must be told, and nothing else. */
  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          "terminate", Set.of("instance"),
          "kill-agent", Set.of("instance"),
          "start-agent", Set.of("instance"),
          "spot-notice", Set.of("instance"),
          "hold", Set.of("action", "moment"),
          "release", Set.of());

  private final Chaos chaos;
  private final byte[] authorization;

  /** The endpoint for these faults. */
  public ChaosEndpoint(Chaos chaos, Account account) {
    this.chaos = chaos;
    this.authorization = ("Bearer " + account.secretAccessKey()).getBytes(StandardCharsets.UTF_8);
  }

  /** Answers one request. */
  public Reply answer(SignedCall call) {
    if (!isAuthorized(call)) {
      return error(401, "Send 'Authorization: Bearer' with the secret access key of ec2.env");
    }
    return switch (call.method()) {
      case "GET" -> json(200, Map.of("held", chaos.waiting()));
      case "POST" -> post(call.body());
      default -> error(405, "Only GET and POST are possible here");
    };
  }

  private boolean isAuthorized(SignedCall call) {
    List<String> given = call.headers().getOrDefault("authorization", List.of(""));
    return MessageDigest.isEqual(given.getFirst().getBytes(StandardCharsets.UTF_8), authorization);
  }

  private Reply post(byte[] body) {
    try {
      JsonNode request = JSON.readTree(body);
      String fault = request == null ? "" : request.path("fault").asText();
      check(fault, request);
      return json(200, Map.of("done", make(fault, request)));
    } catch (ChaosRefusal e) {
      return error(e.httpStatus(), e.text());
    } catch (JsonProcessingException e) {
      return error(400, "The body is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      return error(400, "The body cannot be read");
    }
  }

  private static void check(String fault, JsonNode request) {
    Set<String> needed = FIELDS.get(fault);
    if (needed == null) {
      throw new ChaosRefusal(
          400, "fault must be one of " + new TreeSet<>(FIELDS.keySet()) + ", not '" + fault + "'");
    }
    Set<String> given = new TreeSet<>();
    request.fieldNames().forEachRemaining(given::add);
    given.remove("fault");
    boolean texts = needed.stream().allMatch(field -> request.path(field).isTextual());
    if (!given.equals(needed) || !texts) {
      throw new ChaosRefusal(
          400, fault + " needs the texts " + new TreeSet<>(needed) + ", given were " + given);
    }
  }

  private String make(String fault, JsonNode request) {
    return switch (fault) {
      case "terminate" -> chaos.terminate(request.path("instance").asText());
      case "kill-agent" -> chaos.killAgent(request.path("instance").asText());
      case "start-agent" -> chaos.startAgent(request.path("instance").asText());
      case "spot-notice" -> chaos.spotNotice(request.path("instance").asText());
      case "hold" -> chaos.hold(request.path("action").asText(), moment(request));
      case "release" -> chaos.release();
      default -> throw new IllegalArgumentException("Fault " + fault + " has fields and no effect");
    };
  }

  private static Holds.Moment moment(JsonNode request) {
    String moment = request.path("moment").asText();
    return switch (moment.toLowerCase(Locale.ROOT)) {
      case "before" -> Holds.Moment.BEFORE;
      case "after" -> Holds.Moment.AFTER;
      default ->
          throw new ChaosRefusal(400, "moment must be before or after, not '" + moment + "'");
    };
  }

  private static Reply error(int status, String message) {
    return json(status, Map.of("error", message));
  }

  private static Reply json(int status, Map<String, ?> content) {
    try {
      return Reply.json(status, JSON.writeValueAsBytes(content));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts and numbers are always JSON", e);
    }
  }
}
