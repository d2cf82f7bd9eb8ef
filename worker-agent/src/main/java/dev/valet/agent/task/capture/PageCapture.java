package dev.valet.agent.task.capture;

import dev.valet.agent.engine.EngineFailure;
import dev.valet.agent.engine.EngineLease;
import dev.valet.agent.engine.Engines;
import dev.valet.agent.engine.wire.ProtocolClient;
import dev.valet.agent.netguard.Trouble;
import dev.valet.agent.platform.time.Ticker;
import dev.valet.agent.task.TaskAttempt;
import dev.valet.agent.task.TaskDefinition;
import dev.valet.agent.task.TaskHandler;
import dev.valet.agent.task.TaskOutcome;
import dev.valet.agent.task.TaskOutcome.Completed;
import dev.valet.agent.task.TaskOutcome.Failed;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The task {@value #NAME}, which every sandbox with a browser engine has: opens an address in a
 * fresh browser, waits until the page is ready, and tells title, text and how it looks.
 */
@Singleton
public final class PageCapture implements TaskHandler {
  /** Name of the task and of its workflow. */
  public static final String NAME = "page-capture";

  /** The longest wait for a page, and what starting and taking its picture need besides. */
  private static final Duration TIMEOUT = Duration.ofMinutes(4);

  private static final int RETRIES = 2;

  private final Engines engines;
  private final ProtocolClient client;
  private final Ticker ticker;
  private final Screenshots screenshots;

  PageCapture(Engines engines, ProtocolClient client, Artifacts artifacts, Ticker ticker) {
    this.engines = engines;
    this.client = client;
    this.ticker = ticker;
    this.screenshots = new Screenshots(artifacts);
  }

  /** How it is declared; nothing without an engine. */
  public Optional<TaskDefinition> definition() {
    return engines.declared().isEmpty()
        ? Optional.empty()
        : Optional.of(new TaskDefinition(NAME, TIMEOUT, RETRIES, 1, this));
  }

  @Override
  public TaskOutcome run(TaskAttempt attempt) throws InterruptedException {
    try {
      CaptureRequest request = CaptureRequestReader.read(attempt.input(), engines.known());
      return capture(request, attempt);
    } catch (CaptureRefused e) {
      return new Failed(String.valueOf(e.getMessage()), false);
    }
  }

  private TaskOutcome capture(CaptureRequest request, TaskAttempt attempt)
      throws CaptureRefused, InterruptedException {
    Iterator<String> declared = engines.declared().iterator();
    String engine = request.engine();
    if (engine == null) {
      engine = declared.hasNext() ? declared.next() : "";
    }
    Timings timings = new Timings(ticker);
    try (EngineLease lease = engines.lease(engine)) {
      timings.started();
      return visit(request, attempt, lease, timings);
    } catch (EngineFailure e) {
      return new Failed("no browser: " + e.getMessage(), true);
    }
  }

  private TaskOutcome visit(
      CaptureRequest request, TaskAttempt attempt, EngineLease lease, Timings timings)
      throws CaptureRefused, InterruptedException {
    try (Visit visit = Visit.begin(lease, client, request, ticker)) {
      visit.open(timings);
      PageFacts facts = visit.facts();
      Failed refused = blocked(facts, visit.status(), lease);
      if (refused != null) {
        return refused;
      }
      Screenshots.Shot shot = screenshots.take(visit, facts, attempt);
      timings.captured();
      return new Completed(
          CaptureResult.of(lease, facts, visit.status(), shot, timings).toString());
    } catch (IOException e) {
      return failure(request, lease, e);
    }
  }

  /** The page that is shown may be the proxy's own answer. */
  private static @Nullable Failed blocked(
      PageFacts facts, @Nullable Integer status, EngineLease lease) {
    return status == null
        ? null
        : lease.proxy().trouble(facts.authority(), status).map(PageCapture::failed).orElse(null);
  }

  private static Failed failed(Trouble trouble) {
    return switch (trouble.kind()) {
      case REFUSED ->
          new Failed(
              "the network rules refuse "
                  + trouble.line()
                  + " (VALET_CAPTURE_ALLOW and VALET_CAPTURE_PORTS open more)",
              false);
      case UNKNOWN_NAME, UNREACHABLE -> new Failed(trouble.line(), true);
    };
  }

  /** A tunnel that was not made shows as a page that did not come. */
  private static Failed failure(CaptureRequest request, EngineLease lease, IOException e) {
    String authority = PageFacts.authority(request.url());
    return lease.proxy().troubles().stream()
        .filter(trouble -> trouble.authority().equals(authority))
        .findFirst()
        .map(PageCapture::failed)
        .orElseGet(
            () -> new Failed(Objects.requireNonNullElse(e.getMessage(), e.toString()), true));
  }
}
