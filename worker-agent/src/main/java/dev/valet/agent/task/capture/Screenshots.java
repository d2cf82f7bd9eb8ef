package dev.valet.agent.task.capture;

import dev.valet.agent.task.TaskAttempt;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Takes pictures, one after the other: one fits into the agent's memory, several may not. */
final class Screenshots {
  /** Larger ones stay on the sandbox. */
  static final int MOST_INLINE_BYTES = 256 * 1024;

  private final Artifacts artifacts;
  private final Semaphore turn = new Semaphore(1, true);

  Screenshots(Artifacts artifacts) {
    this.artifacts = artifacts;
  }

  /**
   * A picture.
   *
   * @param base64 of its bytes; null if it is in a file
   * @param path of the file; null if it is not
   */
  record Shot(ShotPlan plan, long bytes, @Nullable String base64, @Nullable Path path) {}

  Shot take(Visit visit, PageFacts facts, TaskAttempt attempt)
      throws IOException, InterruptedException {
    ShotPlan plan = visit.plan(facts);
    Path file = artifacts.place(attempt.taskRunId(), attempt.retry(), plan.format().word());
    turn.acquire();
    try {
      try (OutputStream out = Files.newOutputStream(file)) {
        visit.shoot(plan, out);
      }
      return shot(plan, file);
    } catch (IOException | InterruptedException e) {
      Files.deleteIfExists(file);
      throw e;
    } finally {
      turn.release();
    }
  }

  private static Shot shot(ShotPlan plan, Path file) throws IOException {
    long bytes = Files.size(file);
    if (bytes > MOST_INLINE_BYTES) {
      return new Shot(plan, bytes, null, file);
    }
    String base64 = Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    Files.delete(file);
    return new Shot(plan, bytes, base64, null);
  }
}
