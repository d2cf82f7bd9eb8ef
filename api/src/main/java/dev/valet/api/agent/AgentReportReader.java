package dev.valet.api.agent;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.valet.api.agent.AgentReport.Part;
import dev.valet.api.agent.AgentReport.Tasks;
import dev.valet.api.agent.AgentReport.Usage;
import dev.valet.common.WireName;
import dev.valet.common.health.AgentHealth;
import dev.valet.common.health.AgentStatus;
import dev.valet.common.health.HatchetState;
import dev.valet.common.health.PartState;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a health answer. Strict where the verdict hangs on it (JSON, sandbox, status), lenient in
 * all else: an agent of another version, or one that lies, must not break what reads it.
 */
final class AgentReportReader {
  private static final int MAX_PARTS = 32;
  private static final int MAX_TASKS = 10_000;
  private static final Words PARTS =
      new Words(words(PartState.values()), Set.of(PartState.READY.wire()), PartState.FAILED.wire());
  private static final Words HATCHET =
      new Words(
          words(HatchetState.values()),
          Set.of(HatchetState.CONNECTED.wire(), HatchetState.DRAINING.wire()),
          HatchetState.DEGRADED.wire());

  private final ObjectReader json =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build().reader();

  /** The body as a report. */
  AgentReport read(byte[] body, UUID sandboxId) throws Unusable {
    JsonNode root = parse(body);
    requireSandbox(root, sandboxId);
    return new AgentReport(
        status(root),
        PlainText.of(root.path("version").textValue(), 64),
        PlainText.of(root.path("bootId").textValue(), 64),
        atLeastZero(root.path("uptimeSeconds")),
        share(root.path("cpu")),
        usage(root.path("memory")),
        usage(root.path("disk")),
        tasks(root.path("tasks")),
        hatchet(root.path("hatchet")),
        parts(root));
  }

  private JsonNode parse(byte[] body) throws Unusable {
    try {
      JsonNode root = json.readTree(body);
      if (root.isObject()) {
        return root;
      }
    } catch (IOException e) {
      // The parser's message may quote the answer; what is wrong is said below.
    }
    throw new Unusable(ProbeResult.FailureKind.MALFORMED, "the answer is not a JSON object");
  }

  private static void requireSandbox(JsonNode root, UUID sandboxId) throws Unusable {
    String named = root.path("sandboxId").textValue();
    if (named == null) {
      throw new Unusable(ProbeResult.FailureKind.MALFORMED, "the answer names no sandboxId");
    }
    if (!named.equalsIgnoreCase(sandboxId.toString())) {
      throw new Unusable(
          ProbeResult.FailureKind.WRONG_SANDBOX, "another sandbox answered at this address");
    }
  }

  private static AgentStatus status(JsonNode root) throws Unusable {
    String word = PlainText.of(root.path("status").textValue(), 32);
    for (AgentStatus well : List.of(AgentStatus.HEALTHY, AgentStatus.DEGRADED)) {
      if (well.wire().equals(word)) {
        return well;
      }
    }
    throw new Unusable(ProbeResult.FailureKind.NOT_WELL, "the agent says it is " + known(word));
  }

  private static String known(@Nullable String word) {
    if (AgentStatus.STARTING.wire().equals(word)) {
      return "starting";
    }
    return AgentStatus.UNHEALTHY.wire().equals(word) ? "unhealthy" : "in no known status";
  }

  private static @Nullable Long atLeastZero(JsonNode node) {
    return node.canConvertToLong() && node.isIntegralNumber() && node.longValue() >= 0
        ? (Long) node.longValue()
        : null;
  }

  private static @Nullable Double share(JsonNode node) {
    return node.isNumber() ? (Double) Math.clamp(node.doubleValue(), 0.0, 1.0) : null;
  }

  private static @Nullable Usage usage(JsonNode node) {
    Long used = atLeastZero(node.path("usedBytes"));
    Long total = atLeastZero(node.path("totalBytes"));
    return used == null || total == null || total == 0
        ? null
        : new Usage(Math.min(used, total), total);
  }

  private static @Nullable Tasks tasks(JsonNode node) {
    Long active = atLeastZero(node.path("active"));
    Long capacity = atLeastZero(node.path("capacity"));
    return active == null || capacity == null
        ? null
        : new Tasks((int) Math.min(active, MAX_TASKS), (int) Math.min(capacity, MAX_TASKS));
  }

  private static AgentHealth.@Nullable Hatchet hatchet(JsonNode node) {
    String word = node.path("state").textValue();
    return word == null
        ? null
        : new AgentHealth.Hatchet(
            HatchetState.fromWire(HATCHET.state(word)),
            PlainText.of(node.path("detail").textValue(), 200),
            PlainText.of(node.path("engineVersion").textValue(), 64),
            PlainText.of(node.path("workerId").textValue(), 64),
            atLeastZero(node.path("streamSeconds")),
            atLeastZero(node.path("heartbeatMillis")),
            instant(node.path("lastTaskAt").textValue()),
            count(node.path("reconnects")),
            count(node.path("pendingEvents")),
            count(node.path("duplicates")));
  }

  private static @Nullable Instant instant(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static long count(JsonNode node) {
    Long count = atLeastZero(node);
    return count == null ? 0 : count;
  }

  private static List<Part> parts(JsonNode root) {
    List<Part> parts = new ArrayList<>();
    addPart(parts, AgentReport.HATCHET, root.path("hatchet"), HATCHET);
    addPart(parts, AgentReport.DESKTOP, root.path("desktop"), PARTS);
    for (JsonNode engine : root.path("engines")) {
      addPart(parts, engine.path("name").textValue(), engine, PARTS);
    }
    return List.copyOf(parts);
  }

  private static void addPart(
      List<Part> parts, @Nullable String rawName, JsonNode node, Words words) {
    String name = PlainText.of(rawName, 64);
    String word = node.path("state").textValue();
    if (name == null || word == null || parts.size() >= MAX_PARTS) {
      return;
    }
    String detail = PlainText.of(node.path("detail").textValue(), 200);
    parts.add(new Part(name, words.state(word), words.works(word), detail));
  }

  private static Set<String> words(WireName[] states) {
    return Arrays.stream(states).map(WireName::wire).collect(Collectors.toSet());
  }

  /**
   * The states of a kind of part.
   *
   * @param known all of them
   * @param working those in which it does its work
   * @param unknown what a word that is not known counts as: a part in such a state is not trusted
   */
  private record Words(Set<String> known, Set<String> working, String unknown) {
    String state(String word) {
      return known.contains(word) ? word : unknown;
    }

    @Nullable Boolean works(String word) {
      return PartState.NOT_CONFIGURED.wire().equals(word) ? null : (Boolean) working.contains(word);
    }
  }

  /** The answer counts as a failed probe. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;
    private final ProbeResult.FailureKind kind;

    Unusable(ProbeResult.FailureKind kind, String detail) {
      super(detail, null, false, false);
      this.kind = kind;
    }

    ProbeResult.FailureKind kind() {
      return kind;
    }

    String detail() {
      return String.valueOf(getMessage());
    }
  }
}
