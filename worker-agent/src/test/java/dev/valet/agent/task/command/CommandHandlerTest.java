package dev.valet.agent.task.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.agent.engine.EngineFailure;
import dev.valet.agent.engine.EngineSource;
import dev.valet.agent.task.TaskOutcome;
import dev.valet.agent.task.TaskOutcome.Completed;
import dev.valet.agent.task.TaskOutcome.Failed;
import dev.valet.agent.testing.TestAttempt;
import dev.valet.local.host.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real programs. */
class CommandHandlerTest {
  private static final EngineSource NONE =
      name -> {
        throw new EngineFailure("no engine " + name);
      };

  @TempDir Path folder;
  private final TestAttempt attempt = new TestAttempt("{\"in\":1}");

  @Test
  void inputGoesInAndTheObjectComesOut() throws Exception {
    TaskOutcome outcome =
        run("cat; echo note >&2; echo \"$GREETING $VALET_TASK_RETRY $HOME_SECRET\" >&2");

    assertThat(outcome).isEqualTo(new Completed("{\"in\":1}"));
    assertThat(attempt.logged()).containsExactly("note", "hello 2 ");
  }

  @Test
  void aProgramThatReadsNothingAndSaysNothingUsefulFails() throws Exception {
    assertThat(run("echo '[1]'")).isEqualTo(new Failed("the output is not one JSON object", false));
    assertThat(run("echo '{} {}'")).isInstanceOf(Failed.class);
    assertThat(run("true")).isInstanceOf(Failed.class);
  }

  @Test
  void aTaskForFailuresIsToldOfThem() throws Exception {
    assertThat(run("echo \"$VALET_TASK_ERRORS\""))
        .isEqualTo(new Completed("{\"first\":\"out of luck\"}"));
  }

  @Test
  void theExitStatusDecidesOnRetries() throws Exception {
    assertThat(run("echo why >&2; exit 3")).isEqualTo(new Failed("exit status 3: why", true));
    assertThat(run("exit 78")).isEqualTo(new Failed("exit status 78", false));
  }

  @Test
  void aProgramThatIsNotThereIsNamed() throws Exception {
    CommandSpec spec = spec(List.of("/no/such/program"), Duration.ofSeconds(5));

    TaskOutcome outcome = new CommandHandler(spec, NONE, Map::of).run(attempt);

    assertThat(((Failed) outcome).reason()).contains("/no/such/program");
  }

  @Test
  void theTimeLimitEndsTheWholeGroup() throws Exception {
    Path child = folder.resolve("child");
    CommandSpec spec =
        spec(
            List.of("bash", "-c", "sleep 300 & echo $! > " + child + "; wait"),
            Duration.ofMillis(700));

    TaskOutcome outcome = new CommandHandler(spec, NONE, Map::of).run(attempt);

    assertThat(outcome).isEqualTo(new Failed("timed out after 0 s", true));
    assertThatChildIsGone(child);
  }

  @Test
  void anInterruptEndsTheWholeGroupWithinASecond() throws Exception {
    Path child = folder.resolve("child");
    CommandSpec spec =
        spec(
            List.of("bash", "-c", "trap '' TERM; sleep 300 & echo $! > " + child + "; wait; wait"),
            Duration.ofMinutes(5));
    AtomicReference<Object> end = new AtomicReference<>();
    Thread thread =
        Thread.ofPlatform()
            .start(() -> {
              try {
                end.set(new CommandHandler(spec, NONE, Map::of).run(attempt));
              } catch (InterruptedException e) {
                end.set(e);
              }
            });
    Waiting.until(Duration.ofSeconds(10), Duration.ofMillis(10), () -> Files.exists(child));

    long asked = System.nanoTime();
    thread.interrupt();
    thread.join();

    assertThat(end.get()).isInstanceOf(InterruptedException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(2));
    assertThatChildIsGone(child);
  }

  @Test
  void tooMuchOutputEndsIt() throws Exception {
    TaskOutcome outcome = run("yes");

    assertThat(outcome).isEqualTo(new Failed("the output is longer than 1000 bytes", false));
  }

  @Test
  void aProgramMayAskForMoreTime() throws Exception {
    CommandSpec spec =
        spec(
            List.of("bash", "-c", "echo 'valet:extend 5s' >&2; sleep 1; echo '{}'"),
            Duration.ofMillis(500));

    assertThat(new CommandHandler(spec, NONE, Map::of).run(attempt)).isEqualTo(new Completed("{}"));
    assertThat(attempt.extensions()).containsExactly(Duration.ofSeconds(5));
    assertThat(attempt.logged()).isEmpty();
  }

  @Test
  void withoutItsEngineNothingIsStarted() throws Exception {
    Path file = folder.resolve("ran");
    CommandSpec spec =
        new CommandSpec(
            "test",
            List.of("touch", file.toString()),
            "chromium",
            1,
            Duration.ofSeconds(10),
            0,
            Map.of(),
            folder,
            1_000);

    assertThat(new CommandHandler(spec, NONE, Map::of).run(attempt))
        .isEqualTo(new Failed("no browser: no engine chromium", true));
    assertThat(file).doesNotExist();
  }

  private TaskOutcome run(String script) throws InterruptedException {
    return new CommandHandler(
            spec(List.of("bash", "-c", script), Duration.ofSeconds(10)), NONE, Map::of)
        .run(attempt);
  }

  private CommandSpec spec(List<String> command, Duration timeout) {
    return new CommandSpec(
        "test", command, null, 1, timeout, 0, Map.of("GREETING", "hello"), folder, 1_000);
  }

  private static void assertThatChildIsGone(Path pidFile) throws Exception {
    long pid = Long.parseLong(Files.readString(pidFile).strip());
    assertThat(
            Waiting.until(
                Duration.ofSeconds(3),
                Duration.ofMillis(10),
                () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()))
        .isTrue();
  }

  @Test
  void theProgramIsLedToTheDesktop() throws Exception {
    CommandSpec spec =
        spec(
            List.of("bash", "-c", "echo \"{\\\"on\\\":\\\"$DISPLAY $XAUTHORITY\\\"}\""),
            Duration.ofSeconds(10));

    TaskOutcome outcome =
        new CommandHandler(spec, NONE, () -> Map.of("DISPLAY", ":7", "XAUTHORITY", "/cookies"))
            .run(attempt);

    assertThat(outcome).isEqualTo(new Completed("{\"on\":\":7 /cookies\"}"));
  }
}
