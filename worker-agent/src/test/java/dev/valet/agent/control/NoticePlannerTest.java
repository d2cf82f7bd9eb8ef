package dev.valet.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.agent.control.NoticePlanner.Plan;
import dev.valet.agent.identity.CloudNotices;
import dev.valet.common.health.AgentHealth.Drain;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoticePlannerTest {
  private static final Instant NOW = Instant.parse("2026-03-04T05:00:00Z");
  private static final String SPOT =
      "{\"action\": \"terminate\", \"time\": \"2026-03-04T05:02:00Z\"}";
  private static final String EVENT =
      """
      [{"NotBefore": "4 Mar 2026 %s GMT", "Code": "system-reboot", "Description": "scheduled reboot",
        "EventId": "instance-event-0d59937288b749b32", "NotAfter": "4 Mar 2026 09:17:23 GMT",
        "State": "%s"}]
      """;

  @Test
  void nothingAnnouncedNothingToDo() {
    assertThat(plan(null, "[]", null)).isEqualTo(Plan.NOTHING);
    assertThat(plan(null, null, null)).isEqualTo(Plan.NOTHING);
  }

  @Test
  void aSpotInstanceThatIsTakenBackDrainsUntilThen() {
    Plan plan = plan(SPOT, EVENT.formatted("05:01:00", "active"), null);

    Instant end = Instant.parse("2026-03-04T05:02:00Z");
    assertThat(plan.drain())
        .isEqualTo(new Drain("EC2 takes this spot instance back (terminate) at " + end, end));
    assertThat(plan.end()).isEqualTo(end);
    assertThat(plan.texts()).hasSize(2).first().isEqualTo(plan.drain().reason());
  }

  @ParameterizedTest
  @CsvSource({
    "05:10:00, active, true",
    "05:10:01, active, false",
    "04:59:00, active, true",
    "05:05:00, completed, false",
    "05:05:00, canceled, false"
  })
  void maintenanceDrainsTenMinutesBefore(String from, String state, boolean drains) {
    Plan plan = plan(null, EVENT.formatted(from, state), null);

    assertThat(plan.drain() != null).isEqualTo(drains);
    assertThat(plan.end()).as("the machine is not taken away").isNull();
    assertThat(plan.texts()).hasSize(state.equals("active") ? 1 : 0);
  }

  @Test
  void theNextMaintenanceCounts() {
    String two = EVENT.formatted("05:09:00", "active") + EVENT.formatted("05:03:00", "active");

    Plan plan = plan(null, two.strip().replaceAll("\\]\\s*\\[", ","), null);

    assertThat(plan.drain().deadline()).isEqualTo(Instant.parse("2026-03-04T05:03:00Z"));
    assertThat(plan.texts()).hasSize(2);
  }

  @Test
  void aRecommendationIsOnlyShown() {
    Plan plan = plan(null, "[]", "{\"noticeTime\": \"2026-03-04T04:50:00Z\"}");

    assertThat(plan.drain()).isNull();
    assertThat(plan.texts())
        .containsExactly("EC2 recommends since 2026-03-04T04:50:00Z to move this spot instance");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "3",
        "[]",
        "\"x\"",
        "{\"time\": 3}",
        "{\"time\": \"soon\"}",
        "<html>404</html>",
        "[{\"NotBefore\": \"31 Xxx 2026 05:05:00 GMT\"}]",
        "[{\"NotBefore\": \"99 Mar 2026 05:05:00 GMT\"}]",
        "[3, null, []]"
      })
  void whatCannotBeReadIsNoNotice(String text) {
    assertThat(plan(text, text, text)).isEqualTo(Plan.NOTHING);
  }

  @Test
  void foreignWordsAreNotRepeated() {
    Plan plan = plan(SPOT.replace("terminate", "<script>"), "[]", null);

    assertThat(plan.drain().reason()).contains("(unknown)").doesNotContain("script");
  }

  private static Plan plan(String spot, String maintenance, String rebalance) {
    return NoticePlanner.plan(new CloudNotices(spot, maintenance, rebalance), NOW);
  }
}
