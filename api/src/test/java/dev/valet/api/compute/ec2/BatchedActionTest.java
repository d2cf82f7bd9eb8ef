package dev.valet.api.compute.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.compute.ActionResult;
import dev.valet.api.compute.ComputeError;
import dev.valet.api.compute.ComputeException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class BatchedActionTest {
  private static final Duration TIME = Duration.ofSeconds(10);

  private final AtomicLong nanos = new AtomicLong();
  private final List<List<String>> sent = new ArrayList<>();

  @Test
  void nothingToDoSendsNothing() {
    assertThat(run(List.of(), ids -> accepted(ids))).isEmpty();
    assertThat(sent).isEmpty();
  }

  @Test
  void manyInstancesGoInBatchesOfAHundred() {
    Map<String, ActionResult> results = run(ids(250), ids -> accepted(ids));
    assertThat(results).hasSize(250).allSatisfy((id, result) -> assertAccepted(result));
    assertThat(sent).extracting(List::size).containsExactly(100, 100, 50);
  }

  @Test
  void anIdGivenTwiceIsSentOnce() {
    assertThat(run(List.of("i-1", "i-1"), ids -> accepted(ids))).hasSize(1);
    assertThat(sent).containsExactly(List.of("i-1"));
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.INCLUDE,
      names = {"NOT_FOUND", "INCORRECT_STATE", "INVALID", "NO_CAPACITY", "QUOTA"})
  void aBatchRefusedForOneIdIsHalvedUntilOnlyThatOneFails(ComputeError error) {
    Map<String, ActionResult> results =
        run(ids(100), ids -> ids.contains("i-37") ? refused(error) : accepted(ids));
    results.forEach((id, result) -> {
      if (id.equals("i-37")) {
        assertThat(errorOf(result)).isEqualTo(error);
      } else {
        assertAccepted(result);
      }
    });
    assertThat(results).hasSize(100);
    assertThat(sent).hasSizeLessThan(16);
  }

  @Test
  void everyIdGetsExactlyOneResultWhicheverOnesAreBad() {
    List<String> all = ids(16);
    for (int bad = 0; bad < 1 << 16; bad += 251) {
      int mask = bad;
      Predicate<String> isBad = id -> (mask >> Integer.parseInt(id.substring(2)) & 1) == 1;
      Map<String, ActionResult> results =
          run(
              all,
              ids ->
                  ids.stream().anyMatch(isBad) ? refused(ComputeError.NOT_FOUND) : accepted(ids));
      assertThat(results.keySet()).containsExactlyElementsOf(all);
      results.forEach((id, result) ->
          assertThat(result instanceof ActionResult.Failed).isEqualTo(isBad.test(id)));
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.INCLUDE,
      names = {"THROTTLED", "UNKNOWN"})
  void aFailureThatConcernsNoSingleIdIsNotHalved(ComputeError error) {
    Map<String, ActionResult> results = run(ids(50), ids -> refused(error));
    assertThat(results).hasSize(50);
    assertThat(results.values()).allSatisfy(result -> assertThat(errorOf(result)).isEqualTo(error));
    assertThat(sent).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"UnauthorizedOperation, 5", "OperationNotPermitted, 5", "AuthFailure, 1"})
  void aMissingPermissionMayConcernOneInstanceButBadCredentialsConcernAll(String code, int calls) {
    ComputeException refusal =
        new ComputeException(ComputeError.UNAUTHORIZED, code, "message", null);
    run(ids(4), ids -> ids.contains("i-0") ? Uni.createFrom().failure(refusal) : accepted(ids));
    assertThat(sent).hasSize(calls);
  }

  @Test
  void afterAThrottledBatchNoMoreAreSent() {
    Map<String, ActionResult> results = run(ids(300), ids -> refused(ComputeError.THROTTLED));
    assertThat(sent).hasSize(1);
    assertThat(results).hasSize(300);
    assertThat(results.values())
        .allSatisfy(result -> assertThat(errorOf(result)).isEqualTo(ComputeError.THROTTLED));
  }

  @Test
  void whatDoesNotFitIntoTheTimeIsReportedAsNotDone() {
    Map<String, ActionResult> results =
        run(
            ids(300),
            ids -> {
              nanos.addAndGet(Duration.ofSeconds(5).toNanos());
              return accepted(ids);
            });
    assertThat(sent).hasSize(2);
    assertAccepted(results.get("i-199"));
    assertThat(((ActionResult.Failed) results.get("i-200")).cause().code()).isEqualTo("NotSent");
    assertThat(errorOf(results.get("i-299"))).isEqualTo(ComputeError.THROTTLED);
  }

  @Test
  void eachCallGetsOnlyTheTimeThatIsLeft() {
    List<Duration> given = new ArrayList<>();
    BatchedAction.Call call =
        (ids, within) -> {
          given.add(within);
          nanos.addAndGet(Duration.ofSeconds(3).toNanos());
          return Uni.createFrom().item(ids);
        };
    Adapter.await(BatchedAction.run(ids(300), call, TIME, nanos::get));
    assertThat(given)
        .containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(7), Duration.ofSeconds(4));
  }

  @Test
  void anIdThatTheAnswerDoesNotNameHasAnUnknownOutcome() {
    Map<String, ActionResult> results =
        run(ids(3), ids -> Uni.createFrom().item(Set.of("i-0", "i-2")));
    assertAccepted(results.get("i-0"));
    assertThat(errorOf(results.get("i-1"))).isEqualTo(ComputeError.UNKNOWN);
  }

  @FunctionalInterface
  private interface Script {
    Uni<? extends Collection<String>> answer(List<String> ids);
  }

  private Map<String, ActionResult> run(List<String> ids, Script script) {
    BatchedAction.Call call =
        (batch, within) -> {
          sent.add(batch);
          return script.answer(batch);
        };
    return Adapter.await(BatchedAction.run(ids, call, TIME, nanos::get));
  }

  private static Uni<List<String>> accepted(List<String> ids) {
    return Uni.createFrom().item(ids);
  }

  private static Uni<List<String>> refused(ComputeError error) {
    return Uni.createFrom().failure(new ComputeException(error, "Code", "message", null));
  }

  private static void assertAccepted(ActionResult result) {
    assertThat(result).isInstanceOf(ActionResult.Accepted.class);
  }

  private static ComputeError errorOf(ActionResult result) {
    return ((ActionResult.Failed) result).cause().error();
  }

  private static List<String> ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> "i-" + i).toList();
  }
}
