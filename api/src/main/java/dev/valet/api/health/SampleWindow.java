package dev.valet.api.health;

import dev.valet.api.health.ResultPlanner.Update;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Gathers probes to one sample per sandbox and minute. Lost with the process: at most the minute
 * under way. Thread-safe.
 */
@ApplicationScoped
class SampleWindow {
  /** Minutes that could not be stored for longer are dropped: memory is bounded. */
  private static final int MOST_WAITING = 50_000;

  private final Map<UUID, Sample> open = new HashMap<>();
  private final List<Sample> closed = new ArrayList<>();

  synchronized void add(Update update) {
    UUID sandboxId = update.result().sandboxId();
    Instant minute = update.result().at().truncatedTo(ChronoUnit.MINUTES);
    Sample sample = open.get(sandboxId);
    if (sample == null || !sample.minute().equals(minute)) {
      close(sample);
      sample = new Sample(sandboxId, minute);
      open.put(sandboxId, sample);
    }
    sample.add(update.report());
  }

  /** Takes up to so many samples whose minute is over. */
  synchronized List<Sample> takeClosed(Instant now, int most) {
    Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
    open.values()
        .removeIf(sample -> {
          boolean over = sample.minute().isBefore(minute);
          if (over) {
            close(sample);
          }
          return over;
        });
    List<Sample> first = closed.subList(0, Math.min(most, closed.size()));
    List<Sample> taken = List.copyOf(first);
    first.clear();
    return taken;
  }

  synchronized void putBack(List<Sample> samples) {
    samples.forEach(this::close);
  }

  private void close(@org.jspecify.annotations.Nullable Sample sample) {
    if (sample != null && closed.size() < MOST_WAITING) {
      closed.add(sample);
    }
  }
}
