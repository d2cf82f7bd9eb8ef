package dev.valet.agent.task.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.valet.agent.engine.firefox.BidiSession;
import dev.valet.agent.engine.wire.Conversation;
import dev.valet.agent.task.capture.PageState.Milestone;
import dev.valet.agent.task.capture.ShotPlan.Format;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;

/** A page by WebDriver BiDi. */
final class BidiPage implements Page {
  private static final double JPEG_QUALITY = 0.8;
  private static final List<String> EVENTS =
      List.of(
          "browsingContext.navigationStarted",
          "browsingContext.navigationFailed",
          "browsingContext.domContentLoaded",
          "browsingContext.load",
          "network.beforeRequestSent",
          "network.responseCompleted",
          "network.fetchError");

  private final Conversation browser;
  private final PageState state;
  private final String context;

  private BidiPage(Conversation browser, PageState state, String context) {
    this.browser = browser;
    this.state = state;
    this.context = context;
  }

  /** Opens an empty one. */
  static BidiPage open(
      Conversation browser, PageState state, CaptureRequest request, Duration limit)
      throws IOException, InterruptedException {
    BidiSession.begin(browser, limit);
    ObjectNode tab = Conversation.parameters().put("type", "tab");
    String context = browser.call("browsingContext.create", tab, limit).path("context").asText();
    BidiPage page = new BidiPage(browser, state, context);
    ObjectNode viewport = page.parameters();
    viewport.putObject("viewport").put("width", request.width()).put("height", request.height());
    browser.call("browsingContext.setViewport", viewport, limit);
    browser.onEvent(page::heard);
    ObjectNode events = Conversation.parameters();
    EVENTS.forEach(events.putArray("events")::add);
    browser.call("session.subscribe", events, limit);
    return page;
  }

  private ObjectNode parameters() {
    return Conversation.parameters().put("context", context);
  }

  private void heard(JsonNode event) {
    JsonNode told = event.path("params");
    String request = told.path("request").path("request").asText();
    switch (event.path("method").asText()) {
      case "network.beforeRequestSent" -> state.requestBegan(request);
      case "network.fetchError" -> state.requestEnded(request);
      case "network.responseCompleted" -> {
        answered(told);
        state.requestEnded(request);
      }
      default -> {
        if (told.path("context").asText().equals(context)) {
          navigation(event.path("method").asText());
        }
      }
    }
  }

  private void navigation(String method) {
    switch (method) {
      case "browsingContext.navigationStarted" -> state.begun();
      case "browsingContext.navigationFailed" -> state.failed("the page cannot be opened");
      case "browsingContext.domContentLoaded" -> state.reached(Milestone.PARSED);
      case "browsingContext.load" -> state.reached(Milestone.LOADED);
      default -> {}
    }
  }

  /** Only a document's request belongs to a navigation; frames have contexts of their own. */
  private void answered(JsonNode told) {
    if (told.path("context").asText().equals(context) && told.path("navigation").isTextual()) {
      state.answered(told.path("response").path("status").asInt());
    }
  }

  @Override
  public void go(String url, Duration limit) throws IOException, InterruptedException {
    browser.call(
        "browsingContext.navigate", parameters().put("url", url).put("wait", "none"), limit);
  }

  @Override
  public PageState state() {
    return state;
  }

  @Override
  public String evaluate(String expression, Duration limit)
      throws IOException, InterruptedException {
    ObjectNode script =
        Conversation.parameters().put("expression", expression).put("awaitPromise", false);
    script.putObject("target").put("context", context);
    JsonNode answer = browser.call("script.evaluate", script, limit);
    if (answer.path("type").asText().equals("exception")) {
      throw new IOException(answer.path("exceptionDetails").path("text").asText());
    }
    return answer.path("result").path("value").asText();
  }

  @Override
  public void shoot(ShotPlan plan, Duration limit, OutputStream out)
      throws IOException, InterruptedException {
    ObjectNode how = parameters().put("origin", plan.beyond() ? "document" : "viewport");
    ObjectNode format = how.putObject("format").put("type", "image/" + plan.format().word());
    if (plan.format() == Format.JPEG) {
      format.put("quality", JPEG_QUALITY);
    }
    how.putObject("clip")
        .put("type", "box")
        .put("x", 0)
        .put("y", 0)
        .put("width", plan.width())
        .put("height", plan.height());
    browser.callForData(null, "browsingContext.captureScreenshot", how, limit, out);
  }

  @Override
  public void close() {
    browser.close();
  }
}
