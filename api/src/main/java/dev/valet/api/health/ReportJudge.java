package dev.valet.api.health;

import dev.valet.api.agent.AgentReport;
import dev.valet.api.agent.AgentReport.Part;
import dev.valet.api.agent.ProbeResult;
import dev.valet.common.health.AgentStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an agent's answer means under its template: only declared parts count, and one that is not
 * configured never does. Pure.
 */
final class ReportJudge {
  /** Condition of an agent that calls itself degraded and names no part. */
  static final String AGENT = "agent";

  private static final int LONGEST_DETAIL = 200;

  private ReportJudge() {}

  /**
   * What a probe says.
   *
   * @param finding what else than the agent itself says is wrong with its work for the task engine
   */
  static ProbeOutcome judge(
      ProbeResult result, Set<String> declaredParts, @Nullable String finding) {
    return switch (result) {
      case ProbeResult.Failure failure -> new ProbeOutcome.Failed(failure.detail());
      case ProbeResult.Answer answer -> judge(answer.report(), declaredParts, finding);
    };
  }

  private static ProbeOutcome judge(
      AgentReport report, Set<String> declaredParts, @Nullable String finding) {
    List<Part> broken =
        report.parts().stream().filter(part -> Boolean.FALSE.equals(part.works())).toList();
    List<Part> counting =
        broken.stream().filter(part -> declaredParts.contains(part.name())).toList();
    if (!counting.isEmpty() || finding != null) {
      return impaired(counting, finding);
    }
    boolean unexplained = report.status() == AgentStatus.DEGRADED && broken.isEmpty();
    return unexplained
        ? new ProbeOutcome.Impaired(List.of(AGENT), "the agent says it is degraded")
        : new ProbeOutcome.Good();
  }

  private static ProbeOutcome impaired(List<Part> parts, @Nullable String finding) {
    Set<String> names = new TreeSet<>();
    List<String> details = new ArrayList<>();
    if (finding != null) {
      names.add(AgentReport.HATCHET);
      details.add(finding);
    }
    for (Part part : parts) {
      names.add(part.name());
      details.add(describe(part));
    }
    return new ProbeOutcome.Impaired(List.copyOf(names), shorten(String.join("; ", details)));
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
