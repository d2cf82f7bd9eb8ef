package dev.valet.agent.task.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.valet.agent.task.capture.Artifacts.Kept;
import dev.valet.agent.task.capture.PageState.Milestone;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pure parts. */
class CapturePartsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @ParameterizedTest
  @CsvSource({
    "1280,800,PNG,1280,800,false",
    "1280,1953,PNG,1280,1953,false",
    "1280,1954,JPEG,1280,1954,false",
    "1280,6250,JPEG,1280,6250,false",
    "1280,6251,JPEG,1280,6250,true",
    "3840,2160,JPEG,3840,2083,true",
    "100000,10,PNG,4096,10,true",
    "0,2,PNG,1,2,false"
  })
  void aPictureFitsTheMemory(
      long width, long height, ShotPlan.Format format, int w, int h, boolean truncated) {
    assertThat(ShotPlan.ofPage(width, height, 1, 1))
        .isEqualTo(new ShotPlan(format, w, h, truncated, true));
  }

  @Test
  void aPageThatFitsTheViewportIsPicturedAsTheViewport() {
    assertThat(ShotPlan.ofPage(1_280, 70, 1_280, 800)).isEqualTo(ShotPlan.ofViewport(1_280, 800));
    assertThat(ShotPlan.ofViewport(1_280, 800).beyond()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.test,a.test:80",
    "https://A.test/x,a.test:443",
    "http://a.test:81?x,a.test:81",
    "http://[::ffff:a9fe:a9fe]/,[::ffff:a9fe:a9fe]:80",
    "http://u:p@a.test/,a.test:80",
    "about:blank,''"
  })
  void anAddressNamesHostAndPort(String url, String authority) {
    assertThat(PageFacts.authority(url)).isEqualTo(authority);
  }

  @Test
  void aLyingPageIsCutToSize() throws Exception {
    String text = "t".repeat(PageFacts.LONGEST_TEXT + 1);
    PageFacts facts =
        PageFacts.read(
            "{\"title\":\"" + text + "\",\"text\":\"" + text + "\",\"width\":\"x\",\"url\":7}");

    assertThat(facts.title()).hasSize(1_000);
    assertThat(facts.text()).hasSize(PageFacts.LONGEST_TEXT);
    assertThat(facts.textTruncated()).isTrue();
    assertThat(facts.width()).isZero();
    assertThatThrownBy(() -> PageFacts.read("")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> PageFacts.read("{")).isInstanceOf(IOException.class);
  }

  @Test
  void artifactsGoAfterADayOrWhenThereIsNoRoom() {
    Kept old = new Kept(Path.of("old"), 1, NOW.minus(Duration.ofHours(25)));
    Kept fresh = new Kept(Path.of("fresh"), 1, NOW);
    Kept large = new Kept(Path.of("large"), Artifacts.MOST_BYTES, NOW.minusSeconds(60));

    assertThat(Artifacts.toRemove(List.of(old, fresh), NOW)).containsExactly(old.path());
    assertThat(Artifacts.toRemove(List.of(large), NOW)).isEmpty();
    assertThat(Artifacts.toRemove(List.of(large, fresh), NOW)).containsExactly(large.path());
  }

  @Test
  void aPageIsQuietSomeTimeAfterItsLastRequest() {
    AtomicLong now = new AtomicLong();
    PageState state = new PageState(now::get);
    Duration half = Duration.ofMillis(500);

    state.requestBegan("1");
    now.addAndGet(half.toNanos());
    assertThat(state.isQuietFor(half)).isFalse();
    state.requestEnded("1");
    assertThat(state.isQuietFor(half)).isFalse();
    now.addAndGet(half.toNanos());
    assertThat(state.isQuietFor(half)).isTrue();
  }

  @Test
  void aNewDocumentHasReachedNothing() {
    PageState state = new PageState(() -> 0);
    state.reached(Milestone.LOADED);
    state.begun();

    assertThat(state.has(Milestone.LOADED)).isFalse();
  }

  @Test
  void whoWaitsForAPageHearsThatItFailed() {
    AtomicLong now = new AtomicLong();
    PageState state = new PageState(now::get);
    Deadline deadline = new Deadline(now::get, Duration.ofSeconds(1));
    state.failed("gone");
    now.set(Duration.ofMillis(300).toNanos());

    assertThatThrownBy(() -> state.await(s -> false, "x", deadline)).hasMessage("gone");
  }

  @Test
  void anotherPageThatBeginsForgivesTheFirst() {
    AtomicLong now = new AtomicLong();
    PageState state = new PageState(now::get);
    Deadline deadline = new Deadline(now::get, Duration.ofSeconds(1));
    state.failed("aborted");
    state.begun();
    now.set(Duration.ofSeconds(1).toNanos());

    assertThatThrownBy(() -> state.await(s -> false, "its load", deadline))
        .hasMessage("its load did not happen within 1000 ms");
  }

  @Test
  void aDeadlineNamesWhatDidNotHappen() {
    AtomicLong now = new AtomicLong();
    Deadline deadline = new Deadline(now::get, Duration.ofMillis(5));
    now.set(Duration.ofMillis(5).toNanos());

    assertThatThrownBy(() -> deadline.left("the load"))
        .hasMessage("the load did not happen within 5 ms");
  }
}
