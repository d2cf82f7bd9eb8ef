package dev.valet.agent.hatchet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.valet.agent.hatchet.wire.StepActionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultStoreTest {
  @TempDir Path folder;

  @Test
  void whatIsKeptIsThereForTheNextProcessUntilItIsForgotten() throws Exception {
    StepActionEvent first = event("run-1", 0);
    StepActionEvent second = event("run-1", 1);
    ResultStore store = new ResultStore(folder.resolve("results"));
    store.keep(first);
    store.keep(second);

    assertThat(new ResultStore(folder.resolve("results")).left())
        .containsExactlyInAnyOrder(first, second);
    store.forget(AttemptKey.of(first));
    assertThat(store.left()).containsExactly(second);
  }

  @Test
  void aDamagedFileTakesNoOtherWithIt() throws Exception {
    ResultStore store = new ResultStore(folder);
    store.keep(event("run-1", 0));
    Files.writeString(folder.resolve("run-2.0.result"), "\u0001 damaged");
    Files.writeString(folder.resolve("run-3.0.result.new"), "half written");

    assertThat(store.left()).containsExactly(event("run-1", 0));
  }

  @Test
  void anIdOfTheEngineCannotLeaveTheFolder() {
    assertThatThrownBy(() -> new ResultStore(folder).keep(event("../escape", 0)))
        .isInstanceOf(IOException.class);
    assertThat(new ResultStore(folder.resolve("none")).left()).isEmpty();
  }

  private static StepActionEvent event(String run, int retry) {
    return StepActionEvent.newBuilder()
        .setTaskRunExternalId(run)
        .setRetryCount(retry)
        .setEventPayload("{\"a\":1}")
        .build();
  }
}
