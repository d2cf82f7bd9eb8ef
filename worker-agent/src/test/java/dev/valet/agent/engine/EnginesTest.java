package dev.valet.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.valet.agent.engine.process.ProcessRig;
import dev.valet.agent.netguard.TestProxy;
import dev.valet.agent.platform.PartsBoard;
import dev.valet.common.health.AgentHealth.Engine;
import dev.valet.common.health.PartState;
import dev.valet.local.host.Waiting;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EnginesTest {
  private final Vertx vertx = Vertx.vertx();
  private final PartsBoard board = new PartsBoard();
  private final FakeEngine one = new FakeEngine("one");
  private final FakeEngine two = new FakeEngine("two");
  private final AtomicLong now = new AtomicLong();
  private ProcessRig processes;
  private Engines engines;

  @BeforeEach
  void make() throws Exception {
    processes = new ProcessRig(ProcessRig.shortRoot());
    engines =
        new Engines(
            List.of(one, two),
            new Browsers(
                processes.folders, new TestProxy().open(vertx, List.of(), List.of(80, 443))),
            board,
            now::get,
            new Engines.Rhythm(Duration.ofMillis(5), 1, 1));
  }

  @AfterEach
  void close() {
    engines.close();
    vertx.close();
  }

  @Test
  void whatIsDeclaredIsTriedOnceAndCostsNothingAfterwards() {
    engines.use(List.of("one"), 2);
    await(() -> board.engine("one").state() == PartState.READY);

    assertThat(board.engine("one"))
        .isEqualTo(new Engine("one", PartState.READY, null, 2, 0, "Fake/1", 0L));
    assertThat(board.engine("two").state()).isEqualTo(PartState.NOT_CONFIGURED);
    await(() -> processes.folders.names().isEmpty());
    assertThat(one.started).singleElement().matches(browser -> browser.closed);
  }

  @Test
  void anEngineThatNobodyKnowsIsNamedAndFailsNothing() {
    engines.use(List.of("three", "one"), 1);

    assertThat(board.engine("three"))
        .isEqualTo(
            new Engine("three", PartState.NOT_CONFIGURED, "this agent has no engine of that name"));
    assertThat(engines.declared()).containsExactly("one");
  }

  @Test
  void aMissingProgramIsShownAndItsArrivalNoticed() {
    one.sighting = Sighting.blocked("install it");
    engines.use(List.of("one"), 1);
    await(() -> board.engine("one").state() == PartState.FAILED);

    assertThat(board.engine("one").detail()).isEqualTo("install it");
    assertThatThrownBy(() -> engines.lease("one")).hasMessage("install it");
    assertThat(one.attempts).hasValue(0);

    one.sighting = Sighting.clear("v1", null);
    await(() -> board.engine("one").state() == PartState.READY);
  }

  @Test
  void aFailedTrialIsRepeatedAfterItsWait() {
    one.failure = "no display";
    engines.use(List.of("one"), 1);
    await(() -> board.engine("one").state() == PartState.FAILED);
    assertThat(board.engine("one").detail()).isEqualTo("no display");
    assertThat(one.attempts).hasValue(1);

    one.failure = null;
    now.addAndGet(Duration.ofSeconds(3).toNanos());
    await(() -> board.engine("one").state() == PartState.READY);
    assertThat(one.attempts).hasValue(2);
  }

  @Test
  void everyTaskGetsAFolderOfItsOwnThatIsGoneAfterIt() throws Exception {
    useOne(2);

    EngineLease first = engines.lease("one");
    EngineLease second = engines.lease("one");
    Path folder = one.runs.get(1).folder();
    Files.writeString(folder.resolve("left"), "behind");
    assertThat(one.runs).extracting(BrowserRun::folder).doesNotHaveDuplicates();
    assertThat(board.engine("one").active()).isEqualTo(2);
    first.close();
    first.close();
    second.close();

    assertThat(board.engine("one").active()).isZero();
    assertThat(folder).doesNotExist();
    assertThat(one.started).allMatch(browser -> browser.closed);
  }

  @Test
  void aTaskWaitsForASlot() throws Exception {
    useOne(1);
    EngineLease first = engines.lease("one");
    AtomicReference<EngineLease> second = new AtomicReference<>();
    Thread waiting = Thread.ofPlatform().start(() -> second.set(leaseOne()));
    await(() -> waiting.getState() == Thread.State.WAITING);

    first.close();
    await(() -> second.get() != null);
    second.get().close();
  }

  @Test
  void aBrowserThatCannotStartGivesItsSlotBack() throws Exception {
    useOne(1);
    one.failure = "crashed";
    assertThatThrownBy(() -> engines.lease("one")).hasMessage("crashed");
    assertThat(board.engine("one").state()).isEqualTo(PartState.FAILED);
    one.failure = null;

    engines.lease("one").close();

    assertThat(board.engine("one").state()).isEqualTo(PartState.READY);
    assertThat(processes.folders.names()).isEmpty();
  }

  @Test
  void aBrowserThatDoesNotAnswerIsEnded() throws Exception {
    useOne(1);
    EngineLease lease = engines.lease("one");
    one.started.getLast().answers = false;

    await(() -> one.started.getLast().closed);
    await(() -> board.engine("one").restarts() >= 1);
    lease.close();
  }

  @Test
  void aRestartEndsTheBrowsersAndTriesAnew() throws Exception {
    useOne(1);
    EngineLease lease = engines.lease("one");
    int before = one.attempts.get();

    assertThat(engines.restart("one")).isTrue();
    assertThat(engines.restart("two")).isFalse();

    await(() -> one.started.get(1).closed);
    await(() -> one.attempts.get() > before);
    await(() -> board.engine("one").state() == PartState.READY);
    lease.close();
  }

  @Test
  void anotherConfigurationStartsAndStopsEngines() throws Exception {
    useOne(1);
    EngineLease lease = engines.lease("one");

    engines.use(List.of("two"), 1);

    await(() -> board.engine("two").state() == PartState.READY);
    await(() -> one.started.getLast().closed);
    assertThat(board.engine("one").state()).isEqualTo(PartState.NOT_CONFIGURED);
    assertThatThrownBy(() -> engines.lease("one")).hasMessageContaining("not declared here");
    lease.close();
  }

  @Test
  void whatAKilledAgentLeftIsEndedAndRemoved() throws Exception {
    Path left = processes.folders.create("one-0badcafe");
    Process lost = markedProcess(left);
    Process foreign = markedProcess(Path.of("/tmp/elsewhere/one-0badcafe"));
    try {
      engines.use(List.of("one"), 1);

      await(() -> !lost.isAlive());
      await(() -> !Files.exists(left));
      assertThat(one.cleared).contains("one-0badcafe");
      assertThat(foreign.isAlive()).isTrue();
    } finally {
      lost.destroyForcibly();
      foreign.destroyForcibly();
    }
  }

  private static Process markedProcess(Path run) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("sleep", "60");
    builder.environment().put("VALET_BROWSER_RUN", run.toString());
    return builder.start();
  }

  private void useOne(int slots) {
    engines.use(List.of("one"), slots);
    await(() -> board.engine("one").state() == PartState.READY);
  }

  private EngineLease leaseOne() {
    try {
      return engines.lease("one");
    } catch (EngineFailure | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(BooleanSupplier condition) {
    assertThat(Waiting.until(Duration.ofSeconds(20), Duration.ofMillis(5), condition)).isTrue();
  }
}
