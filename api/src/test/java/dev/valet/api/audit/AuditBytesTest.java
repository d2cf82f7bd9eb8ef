package dev.valet.api.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.valet.common.sandbox.Environment;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AuditBytesTest {
  private static final UUID ID = UUID.fromString("0197f0a0-0000-7000-8000-000000000001");
  private static final AuditRecord.Who WHO =
      new AuditRecord.Who("system", null, "reconciler", "Valet reconciler", null, null);

  /** The seals are taken of these very bytes: a change here breaks every audit log there is. */
  @Test
  void bytesAreTheseAndNoOthers() {
    Map<String, Object> after = new TreeMap<>();
    after.put("ß", "ü\"\n");
    after.put("id", ID);
    after.put("n", 1e21);
    after.put("none", null);
    after.put("place", Environment.DEV);
    after.put("list", List.of(1, true, "x"));
    assertThat(text(record(after)))
        .isEqualTo(
            "{\"action\":\"sandbox.start\",\"actor\":{\"kind\":\"system\","
                + "\"name\":\"Valet reconciler\",\"subject\":\"reconciler\"},"
                + "\"after\":{\"id\":\"0197f0a0-0000-7000-8000-000000000001\","
                + "\"list\":[1,true,\"x\"],\"n\":1e+21,\"none\":null,\"place\":\"dev\","
                + "\"ß\":\"ü\\\"\\n\"},\"at\":\"2026-11-24T03:00:00.000000Z\",\"before\":{},"
                + "\"environment\":\"prod\",\"id\":\"0197f0a0-0000-7000-8000-000000000001\","
                + "\"result\":\"success\"}");
  }

  @Test
  void recordComesBackAsItWasWritten() {
    AuditRecord written = record(Map.of("a", 1, "b", List.of("x"), "c", Map.of("d", false)));
    assertThat(AuditBytes.read(AuditBytes.write(written))).isEqualTo(written);
  }

  @Test
  void microsecondsAreAlwaysSix() {
    assertThat(text(record(Map.of("t", Instant.parse("2026-11-24T03:00:00.1Z")))))
        .contains("\"2026-11-24T03:00:00.100000Z\"");
  }

  @Test
  void numbersThatJsonCannotHoldExactlyAreRefused() {
    assertThatThrownBy(() -> AuditBytes.write(record(Map.of("n", Long.MAX_VALUE))))
        .hasMessageContaining("give it as text");
    assertThatThrownBy(() -> AuditBytes.write(record(Map.of("n", Long.MIN_VALUE))))
        .hasMessageContaining("give it as text");
    assertThatThrownBy(() -> AuditBytes.write(record(Map.of("n", Double.NaN))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void unknownTypesAreRefusedByName() {
    assertThatThrownBy(() -> AuditBytes.write(record(Map.of("n", BigDecimal.ONE))))
        .hasMessageContaining("java.math.BigDecimal");
  }

  private static AuditRecord record(Map<String, Object> after) {
    return new AuditRecord(
        ID,
        Instant.parse("2026-11-24T03:00:00Z"),
        WHO,
        "sandbox.start",
        null,
        Environment.PROD,
        null,
        null,
        null,
        Map.of(),
        after,
        AuditResult.SUCCESS,
        null);
  }

  private static String text(AuditRecord record) {
    return new String(AuditBytes.write(record), StandardCharsets.UTF_8);
  }
}
