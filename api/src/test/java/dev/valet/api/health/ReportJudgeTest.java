package dev.valet.api.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.agent.AgentReport.Part;
import dev.valet.common.health.AgentStatus;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReportJudgeTest {
  private static final Set<String> DECLARED = Set.of("chromium", "desktop", "hatchet");

  @Test
  void brokenDeclaredPartImpairs() {
    assertThat(judge(AgentStatus.HEALTHY, new Part("chromium", "failed", false, "no display")))
        .isEqualTo(
            new ProbeOutcome.Impaired(List.of("chromium"), "chromium is failed: no display"));
  }

  @Test
  void brokenUndeclaredPartDoesNot() {
    assertThat(judge(AgentStatus.DEGRADED, new Part("firefox", "failed", false, null)))
        .isEqualTo(new ProbeOutcome.Good());
  }

  @Test
  void partThatIsNotConfiguredNeverImpairs() {
    assertThat(judge(AgentStatus.HEALTHY, new Part("hatchet", "not_configured", null, null)))
        .isEqualTo(new ProbeOutcome.Good());
  }

  @Test
  void degradedForNoNamedReasonImpairs() {
    assertThat(judge(AgentStatus.DEGRADED, new Part("chromium", "ready", true, null)))
        .isEqualTo(
            new ProbeOutcome.Impaired(List.of(ReportJudge.AGENT), "the agent says it is degraded"));
  }

  @Test
  void severalBrokenPartsAreNamedInOrderAndBriefly() {
    ProbeOutcome outcome =
        judge(
            AgentStatus.DEGRADED,
            new Part("desktop", "failed", false, "x".repeat(190)),
            new Part("chromium", "starting", false, "y".repeat(190)));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            ProbeOutcome.Impaired.class,
            impaired -> {
              assertThat(impaired.conditions()).containsExactly("chromium", "desktop");
              assertThat(impaired.detail()).hasSize(200);
            });
  }

  @Test
  void findingOfOthersImpairsWhateverTheAgentSaysOfItself() {
    ProbeOutcome outcome =
        ReportJudge.judge(
            Sandboxes.answer(
                AgentStatus.DEGRADED, 0.1, List.of(new Part("chromium", "failed", false, null))),
            DECLARED,
            "it takes no tasks");

    assertThat(outcome)
        .isEqualTo(
            new ProbeOutcome.Impaired(
                List.of("chromium", "hatchet"), "it takes no tasks; chromium is failed"));
    assertThat(ReportJudge.judge(Sandboxes.good(), DECLARED, "it takes no tasks").answered())
        .isTrue();
    assertThat(ReportJudge.judge(Sandboxes.failure(), DECLARED, "it takes no tasks"))
        .isEqualTo(new ProbeOutcome.Failed("refused"));
  }

  @Test
  void failureStaysAFailure() {
    assertThat(ReportJudge.judge(Sandboxes.failure(), DECLARED, null))
        .isEqualTo(new ProbeOutcome.Failed("refused"));
  }

  private static ProbeOutcome judge(AgentStatus status, Part... parts) {
    return ReportJudge.judge(Sandboxes.answer(status, 0.1, List.of(parts)), DECLARED, null);
  }
}
