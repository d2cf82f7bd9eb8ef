package dev.valet.api.health;

import dev.valet.api.agent.AgentReport;
import dev.valet.api.agent.AgentReport.Part;
import dev.valet.api.agent.ProbeResult;
import dev.valet.common.health.AgentStatus;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an agent's answer means under its template: only declared parts count, and one that is not
 * configured never does. Pure.
 */
final class ReportJudge {
  /** Condition of an agent that calls itself degraded and names no part. */
  static final String AGENT = "agent";

  private static final int LONGEST_DETAIL = 200;

  private ReportJudge() {}

  static ProbeOutcome judge(ProbeResult result, Set<String> declaredParts) {
    return switch (result) {
      case ProbeResult.Failure failure -> new ProbeOutcome.Failed(failure.detail());
      case ProbeResult.Answer answer -> judge(answer.report(), declaredParts);
    };
  }

  private static ProbeOutcome judge(AgentReport report, Set<String> declaredParts) {
    List<Part> broken =
        report.parts().stream().filter(part -> Boolean.FALSE.equals(part.works())).toList();
    List<Part> counting =
        broken.stream().filter(part -> declaredParts.contains(part.name())).toList();
    if (!counting.isEmpty()) {
      return impaired(counting);
    }
    boolean unexplained = report.status() == AgentStatus.DEGRADED && broken.isEmpty();
    return unexplained
        ? new ProbeOutcome.Impaired(List.of(AGENT), "the agent says it is degraded")
        : new ProbeOutcome.Good();
  }

  private static ProbeOutcome impaired(List<Part> parts) {
    List<String> names = parts.stream().map(Part::name).distinct().sorted().toList();
    String detail = parts.stream().map(ReportJudge::describe).collect(Collectors.joining("; "));
    return new ProbeOutcome.Impaired(names, shorten(detail));
  }

  private static String describe(Part part) {
    String what = part.name() + " is " + part.state();
    return part.detail() == null ? what : what + ": " + part.detail();
  }

  private static String shorten(String detail) {
    return detail.length() <= LONGEST_DETAIL
        ? detail
        : detail.substring(0, LONGEST_DETAIL - 1) + "…";
  }
}
