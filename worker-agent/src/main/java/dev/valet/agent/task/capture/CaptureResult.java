package dev.valet.agent.task.capture;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.valet.agent.engine.EngineLease;
import dev.valet.agent.netguard.Trouble;
import dev.valet.agent.task.capture.Screenshots.Shot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A capture's output. */
final class CaptureResult {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_BLOCKED = 20;

  private CaptureResult() {}

  static ObjectNode of(
      EngineLease lease, PageFacts facts, @Nullable Integer status, Shot shot, Timings timings) {
    ObjectNode result = JSON.createObjectNode();
    result.put("engine", lease.engine());
    result.put("finalUrl", facts.url());
    result.put("status", status);
    result.put("title", facts.title());
    result.put("text", facts.text());
    result.put("textTruncated", facts.textTruncated());
    screenshot(result.putObject("screenshot"), shot);
    blocked(result.putArray("blocked"), lease.proxy().troubles());
    timings.writeTo(result.putObject("timings"));
    return result;
  }

  private static void screenshot(ObjectNode node, Shot shot) {
    node.put("format", shot.plan().format().word());
    node.put("width", shot.plan().width());
    node.put("height", shot.plan().height());
    node.put("truncated", shot.plan().truncated());
    node.put("bytes", shot.bytes());
    if (shot.path() == null) {
      node.put("base64", shot.base64());
    } else {
      node.put("path", shot.path().toString());
    }
  }

  /** What the page wanted and did not get from the network. */
  private static void blocked(ArrayNode node, List<Trouble> troubles) {
    troubles.stream().limit(MOST_BLOCKED).map(Trouble::line).forEach(node::add);
  }
}
