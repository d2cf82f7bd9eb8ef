package dev.valet.agent.task.capture;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.valet.agent.engine.EngineLease;
import dev.valet.agent.engine.wire.Conversation;
import dev.valet.agent.engine.wire.ProtocolClient;
import dev.valet.agent.platform.time.Ticker;
import dev.valet.agent.task.capture.PageState.Milestone;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One visit to one page, from the empty page to its picture. */
final class Visit implements AutoCloseable {
  private static final Duration CALL_LIMIT = Duration.ofSeconds(15);
  private static final Duration PICTURE_LIMIT = Duration.ofSeconds(30);
  private static final Duration QUIET = Duration.ofMillis(500);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Page page;
  private final CaptureRequest request;
  private final Ticker ticker;

  private Visit(Page page, CaptureRequest request, Ticker ticker) {
    this.page = page;
    this.request = request;
    this.ticker = ticker;
  }

  static Visit begin(
      EngineLease lease, ProtocolClient client, CaptureRequest request, Ticker ticker)
      throws IOException, InterruptedException {
    Conversation browser = client.open(lease.endpoint(), CALL_LIMIT);
    PageState state = new PageState(ticker);
    browser.onEnd(() -> state.failed("the browser is gone"));
    Page page =
        switch (lease.protocol()) {
          case CDP -> CdpPage.open(browser, state, request, CALL_LIMIT);
          case BIDI -> BidiPage.open(browser, state, request, CALL_LIMIT);
        };
    return new Visit(page, request, ticker);
  }

  /** Goes there, and waits until the page is ready. */
  void open(Timings timings) throws IOException, CaptureRefused, InterruptedException {
    Deadline deadline = new Deadline(ticker, request.timeout());
    page.go(request.url(), deadline.left("the page's first answer"));
    Milestone first =
        switch (request.waitFor()) {
          case WaitFor.Parsed parsed -> Milestone.PARSED;
          case WaitFor.Selector selector -> Milestone.PARSED;
          case WaitFor.Loaded loaded -> Milestone.LOADED;
          case WaitFor.Idle idle -> Milestone.LOADED;
          case WaitFor.Pause pause -> Milestone.LOADED;
        };
    reach(first, deadline);
    timings.navigated();
    settle(deadline);
    timings.waited();
  }

  private void reach(Milestone milestone, Deadline deadline)
      throws IOException, InterruptedException {
    String what = milestone == Milestone.PARSED ? "the page's document" : "the page's load";
    page.state().await(state -> state.has(milestone), what, deadline);
  }

  private void settle(Deadline deadline) throws IOException, CaptureRefused, InterruptedException {
    switch (request.waitFor()) {
      case WaitFor.Idle idle ->
          page.state()
              .await(
                  state -> state.has(Milestone.LOADED) && state.isQuietFor(QUIET),
                  "quiet on the network",
                  deadline);
      case WaitFor.Pause pause -> pause(pause.length(), deadline);
      case WaitFor.Selector selector -> find(selector.css(), deadline);
      case WaitFor.Parsed parsed -> {}
      case WaitFor.Loaded loaded -> {}
    }
  }

  private void pause(Duration length, Deadline deadline) throws IOException, InterruptedException {
    long until = ticker.nanos() + length.toNanos();
    page.state().await(state -> ticker.nanos() - until >= 0, "the pause's end", deadline);
  }

  private void find(String css, Deadline deadline)
      throws IOException, CaptureRefused, InterruptedException {
    String text = TextNode.valueOf(css).toString();
    String look =
        "(() => { try { return document.querySelector("
            + text
            + ") ? 'yes' : 'no'; }"
            + " catch (e) { return e.name === 'SyntaxError' ? 'bad' : 'no'; } })()";
    while (true) {
      switch (tryLook(look, deadline)) {
        case "yes" -> {
          return;
        }
        case "bad" -> throw new CaptureRefused("waitFor.selector is no CSS selector: " + css);
        default -> pause(LOOK, deadline);
      }
    }
  }

  /** A page that is just being replaced by another has nothing yet. */
  private String tryLook(String look, Deadline deadline) throws IOException, InterruptedException {
    Duration left = deadline.left("a match of waitFor.selector");
    try {
      return page.evaluate(look, left);
    } catch (IOException e) {
      return "no";
    }
  }

  PageFacts facts() throws IOException, InterruptedException {
    return PageFacts.read(page.evaluate(PageFacts.EXPRESSION, CALL_LIMIT));
  }

  @Nullable Integer status() {
    return page.state().status();
  }

  /** How to take the picture of a page of that size. */
  ShotPlan plan(PageFacts facts) {
    return request.fullPage()
        ? ShotPlan.ofPage(facts.width(), facts.height(), request.width(), request.height())
        : ShotPlan.ofViewport(request.width(), request.height());
  }

  void shoot(ShotPlan plan, OutputStream out) throws IOException, InterruptedException {
    page.shoot(plan, PICTURE_LIMIT, out);
  }

  @Override
  public void close() {
    page.close();
  }
}
