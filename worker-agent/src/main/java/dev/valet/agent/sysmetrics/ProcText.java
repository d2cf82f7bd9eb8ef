package dev.valet.agent.sysmetrics;

import dev.valet.common.health.AgentHealth.Usage;
import java.util.Optional;
import java.util.OptionalLong;

/** Picks numbers out of {@code /proc/meminfo} and {@code /proc/self/status}. */
final class ProcText {
  private ProcText() {}

  /** Used = total less what the kernel could hand out without swapping. */
  static Optional<Usage> memory(String meminfo) {
    OptionalLong total = number(meminfo, "MemTotal");
    OptionalLong available = number(meminfo, "MemAvailable");
    if (total.isEmpty() || available.isEmpty()) {
      return Optional.empty();
    }
    long used = Math.max(0, total.getAsLong() - available.getAsLong());
    return Optional.of(new Usage(used * 1024, total.getAsLong() * 1024));
  }

  /** Number behind {@code Key:}, in the file's own unit; empty if it is not there. */
  static OptionalLong number(String text, String key) {
    return text.lines()
        .filter(line -> line.startsWith(key + ":"))
        .map(line -> line.substring(key.length() + 1).strip().split("\\s+", 2)[0])
        .filter(word -> word.matches("\\d{1,18}"))
        .mapToLong(Long::parseLong)
        .findFirst();
  }
}
