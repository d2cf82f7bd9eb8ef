package dev.valet.agent.task.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.valet.agent.engine.wire.Conversation;
import dev.valet.agent.task.capture.PageState.Milestone;
import dev.valet.agent.task.capture.ShotPlan.Format;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** A page by the Chrome DevTools Protocol. */
final class CdpPage implements Page {
  private static final int JPEG_QUALITY = 80;

  private final Conversation browser;
  private final PageState state;
  private final String session;
  private final String frame;
  private final String blank;

  private CdpPage(
      Conversation browser, PageState state, String session, String frame, String blank) {
    this.browser = browser;
    this.state = state;
    this.session = session;
    this.frame = frame;
    this.blank = blank;
  }

  /** Opens an empty one. */
  static CdpPage open(Conversation browser, PageState state, CaptureRequest request, Duration limit)
      throws IOException, InterruptedException {
    ObjectNode deny = Conversation.parameters().put("behavior", "deny");
    browser.call("Browser.setDownloadBehavior", deny, limit);
    ObjectNode blank = Conversation.parameters().put("url", "about:blank");
    String target = browser.call("Target.createTarget", blank, limit).path("targetId").asText();
    ObjectNode attach = Conversation.parameters().put("targetId", target).put("flatten", true);
    String session =
        browser.call("Target.attachToTarget", attach, limit).path("sessionId").asText();
    JsonNode root =
        browser
            .call(session, "Page.getFrameTree", Conversation.parameters(), limit)
            .path("frameTree")
            .path("frame");
    CdpPage page =
        new CdpPage(
            browser, state, session, root.path("id").asText(), root.path("loaderId").asText());
    browser.onEvent(page::heard);
    page.prepare(request, limit);
    return page;
  }

  private void prepare(CaptureRequest request, Duration limit)
      throws IOException, InterruptedException {
    browser.call(session, "Page.enable", Conversation.parameters(), limit);
    browser.call(session, "Network.enable", Conversation.parameters(), limit);
    browser.call(
        session,
        "Page.setLifecycleEventsEnabled",
        Conversation.parameters().put("enabled", true),
        limit);
    browser.call(
        session,
        "Emulation.setDeviceMetricsOverride",
        Conversation.parameters()
            .put("width", request.width())
            .put("height", request.height())
            .put("deviceScaleFactor", 1)
            .put("mobile", false),
        limit);
  }

  private void heard(JsonNode event) {
    JsonNode told = event.path("params");
    switch (event.path("method").asText()) {
      case "Page.lifecycleEvent" -> lifecycle(told);
      case "Network.requestWillBeSent" -> state.requestBegan(told.path("requestId").asText());
      case "Network.loadingFinished", "Network.loadingFailed" ->
          state.requestEnded(told.path("requestId").asText());
      case "Network.responseReceived" -> answered(told);
      case "Page.javascriptDialogOpening" ->
          browser.tell(
              session,
              "Page.handleJavaScriptDialog",
              Conversation.parameters().put("accept", false));
      case "Inspector.targetCrashed" -> state.failed("the page crashed");
      default -> {}
    }
  }

  /** The frames within it, and the empty document that it began with, do not count. */
  private void lifecycle(JsonNode told) {
    if (!told.path("frameId").asText().equals(frame)
        || told.path("loaderId").asText().equals(blank)) {
      return;
    }
    switch (told.path("name").asText()) {
      case "init" -> state.begun();
      case "DOMContentLoaded" -> state.reached(Milestone.PARSED);
      case "load" -> state.reached(Milestone.LOADED);
      default -> {}
    }
  }

  private void answered(JsonNode told) {
    if (told.path("type").asText().equals("Document")
        && told.path("frameId").asText().equals(frame)) {
      state.answered(told.path("response").path("status").asInt());
    }
  }

  @Override
  public void go(String url, Duration limit) throws IOException, InterruptedException {
    JsonNode gone =
        browser.call(session, "Page.navigate", Conversation.parameters().put("url", url), limit);
    String failure = gone.path("errorText").asText();
    if (!failure.isEmpty()) {
      throw new IOException("the page cannot be opened: " + failure);
    }
  }

  @Override
  public PageState state() {
    return state;
  }

  @Override
  public String evaluate(String expression, Duration limit)
      throws IOException, InterruptedException {
    JsonNode answer =
        browser.call(
            session,
            "Runtime.evaluate",
            Conversation.parameters().put("expression", expression).put("returnByValue", true),
            limit);
    JsonNode thrown = answer.path("exceptionDetails");
    if (!thrown.isMissingNode()) {
      throw new IOException(
          thrown.path("exception").path("description").asText(thrown.path("text").asText()));
    }
    return answer.path("result").path("value").asText();
  }

  @Override
  public void shoot(ShotPlan plan, Duration limit, OutputStream out)
      throws IOException, InterruptedException {
    ObjectNode how =
        Conversation.parameters()
            .put("format", plan.format().word())
            .put("captureBeyondViewport", plan.beyond());
    if (plan.format() == Format.JPEG) {
      how.put("quality", JPEG_QUALITY);
    }
    how.putObject("clip")
        .put("x", 0)
        .put("y", 0)
        .put("width", plan.width())
        .put("height", plan.height())
        .put("scale", 1);
    browser.callForData(session, "Page.captureScreenshot", how, limit, out);
  }

  @Override
  public void close() {
    browser.close();
  }
}
