package dev.valet.api.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.valet.api.agent.AgentReportReader.Unusable;
import dev.valet.api.agent.ProbeResult.FailureKind;
import dev.valet.common.health.AgentHealth;
import dev.valet.common.health.AgentStatus;
import dev.valet.common.health.HatchetState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentReportReaderTest {
  private static final UUID SANDBOX = UUID.fromString("01970000-0000-7000-8000-000000000001");
  private final AgentReportReader reader = new AgentReportReader();

  @Test
  void readsACompleteAnswer() throws Unusable {
    AgentReport report =
        read(
            """
            {"status":"degraded","version":"1.2.3","sandboxId":"%s","bootId":"b-1","uptimeSeconds":61,
             "lifecycle":"ready","cpu":0.25,"memory":{"usedBytes":1,"totalBytes":4},
             "disk":{"usedBytes":2,"totalBytes":4},"hatchet":{"state":"connected","detail":null},
             "engines":[{"name":"chromium","state":"failed","detail":"no display"}],
             "desktop":{"state":"not_configured","detail":null},
             "tasks":{"active":1,"capacity":3},"checkedAt":"2026-01-01T00:00:00Z"}
            """);

    assertThat(report.status()).isEqualTo(AgentStatus.DEGRADED);
    assertThat(report.version()).isEqualTo("1.2.3");
    assertThat(report.uptimeSeconds()).isEqualTo(61);
    assertThat(report.cpu()).isEqualTo(0.25);
    assertThat(report.memory().share()).isEqualTo(0.25);
    assertThat(report.tasks()).isEqualTo(new AgentReport.Tasks(1, 3));
    assertThat(report.parts())
        .containsExactly(
            new AgentReport.Part("hatchet", "connected", true, null),
            new AgentReport.Part("desktop", "not_configured", null, null),
            new AgentReport.Part("chromium", "failed", false, "no display"));
  }

  @Test
  void leastAnswerIsEnough() throws Unusable {
    AgentReport report = read("{\"status\":\"healthy\",\"sandboxId\":\"%s\"}");

    assertThat(report.version()).isNull();
    assertThat(report.parts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "42",
        "<html>",
        "{\"status\":\"healthy\"",
        "{} trailing",
        "{\"status\":\"healthy\"}",
        "{\"status\":\"healthy\",\"sandboxId\":7}"
      })
  void whatIsNoHealthAnswerIsAFailure(String body) {
    assertFails(body, FailureKind.MALFORMED);
  }

  @Test
  void deeplyNestedAnswerIsAFailureNotACrash() {
    assertFails("{\"x\":" + "[".repeat(30_000), FailureKind.MALFORMED);
  }

  @Test
  void anotherSandboxAtAReusedAddressIsAFailure() {
    assertFails(
        "{\"status\":\"healthy\",\"sandboxId\":\"" + UUID.randomUUID() + "\"}",
        FailureKind.WRONG_SANDBOX);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"starting\"", "\"unhealthy\"", "\"splendid\"", "1", "null"})
  void onlyHealthyAndDegradedCount(String status) {
    assertFails(
        "{\"status\":" + status + ",\"sandboxId\":\"" + SANDBOX + "\"}", FailureKind.NOT_WELL);
  }

  @Test
  void liesAreCutToSize() throws Unusable {
    AgentReport report =
        read(
            """
            {"status":"healthy","sandboxId":"%s","version":"\\u0000evil\\ud800\\n","cpu":1e308,
             "uptimeSeconds":-5,"memory":{"usedBytes":9,"totalBytes":0},
             "disk":{"usedBytes":99,"totalBytes":10},"tasks":{"active":99999999999,"capacity":1},
             "engines":[{"name":"%s","state":"ready"},{"name":null,"state":"ready"},17]}
            """
                .replace("\"%s\",\"state", "\"" + "n".repeat(500) + "\",\"state"));

    assertThat(report.version()).isEqualTo("?evil??");
    assertThat(report.cpu()).isEqualTo(1.0);
    assertThat(report.uptimeSeconds()).isNull();
    assertThat(report.memory()).isNull();
    assertThat(report.disk().share()).isEqualTo(1.0);
    assertThat(report.tasks()).isEqualTo(new AgentReport.Tasks(10_000, 1));
    assertThat(report.parts())
        .singleElement()
        .satisfies(part -> assertThat(part.name()).hasSize(64));
  }

  @Test
  void stateThatDoesNotExistIsNotTrusted() throws Unusable {
    AgentReport report =
        read(
            """
            {"status":"healthy","sandboxId":"%s","hatchet":{"state":"splendid"},
             "engines":[{"name":"chromium","state":"superb"}]}
            """);

    assertThat(report.parts())
        .containsExactly(
            new AgentReport.Part("hatchet", "degraded", false, null),
            new AgentReport.Part("chromium", "failed", false, null));
  }

  @Test
  void connectionToTheTaskEngineIsReadWithSuspicion() throws Unusable {
    assertThat(
            read("""
            {"status":"healthy","sandboxId":"%s","hatchet":{"state":"connected","detail":null,
             "engineVersion":"v0.104.7","workerId":"w-1","streamSeconds":61,"heartbeatMillis":4,
             "lastTaskAt":"2026-01-01T00:00:00Z","reconnects":3,"pendingEvents":2,"duplicates":1}}
            """)
                .hatchet())
        .isEqualTo(
            new AgentHealth.Hatchet(
                HatchetState.CONNECTED,
                null,
                "v0.104.7",
                "w-1",
                61L,
                4L,
                Instant.parse("2026-01-01T00:00:00Z"),
                3,
                2,
                1));
    assertThat(
            read("""
            {"status":"healthy","sandboxId":"%s","hatchet":{"state":"splendid","workerId":7,
             "streamSeconds":-1,"lastTaskAt":"yesterday","reconnects":"many"}}
            """)
                .hatchet())
        .isEqualTo(AgentHealth.Hatchet.of(HatchetState.DEGRADED, null));
  }

  @Test
  void endlessEnginesAreCutOff() throws Unusable {
    String engine = "{\"name\":\"e\",\"state\":\"ready\"},";
    AgentReport report =
        read(
            "{\"status\":\"healthy\",\"sandboxId\":\"%s\",\"engines\":["
                + engine.repeat(500)
                + "{}]}");

    assertThat(report.parts()).hasSize(32);
  }

  private AgentReport read(String body) throws Unusable {
    return reader.read(
        body.replace("%s", SANDBOX.toString()).getBytes(StandardCharsets.UTF_8), SANDBOX);
  }

  private void assertFails(String body, FailureKind kind) {
    assertThatThrownBy(() -> reader.read(body.getBytes(StandardCharsets.UTF_8), SANDBOX))
        .isInstanceOfSatisfying(
            Unusable.class, unusable -> assertThat(unusable.kind()).isEqualTo(kind));
  }
}
