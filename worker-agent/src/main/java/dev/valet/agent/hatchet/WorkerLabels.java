package dev.valet.agent.hatchet;

import dev.valet.agent.hatchet.wire.UpsertWorkerLabelsRequest;
import dev.valet.agent.hatchet.wire.WorkerLabel;
import dev.valet.common.agent.AgentConfig;
import dev.valet.common.agent.HatchetConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What the worker is registered with, for tasks to choose by: whose sandbox it is and where, and
 * the engines that it has. What changes later is told to the engine, too. On the worker's context.
 */
final class WorkerLabels {
  private static final Logger LOG = Logger.getLogger(WorkerLabels.class);
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** The engine forgets no label, so one that does not hold any more says so. */
  private static final String NO = "no";

  private static final String YES = "yes";

  private Map<String, String> placement = Map.of();
  private Map<String, String> configured = Map.of();
  private Map<String, String> told = Map.of();
  private boolean telling;

  void placed(Map<String, String> where) {
    placement = Map.copyOf(where);
  }

  void use(AgentConfig config) {
    Map<String, String> labels = new HashMap<>();
    config.engines().forEach(engine -> labels.put("engine-" + engine, YES));
    HatchetConnection engine = config.hatchet();
    labels.putAll(engine == null ? Map.of() : engine.labels());
    configured = labels;
  }

  /** The labels now; what the API says wins. */
  private Map<String, String> current() {
    Map<String, String> labels = new HashMap<>(placement);
    labels.putAll(configured);
    return labels;
  }

  /** The labels to register with; from here on the engine is taken to know them. */
  Map<String, String> introduce() {
    told = current();
    return told;
  }

  /** Tells a registered worker's engine what has changed, if anything; a failure is tried again. */
  void tell(@Nullable GrpcConnection open, @Nullable String workerId) {
    Map<String, String> now = current();
    if (open == null || workerId == null || telling || now.equals(told)) {
      return;
    }
    telling = true;
    open.call(Methods.UPSERT_LABELS, request(workerId, now), LIMIT)
        .onSuccess(done -> told = now)
        .onFailure(e -> LOG.debugf("labels not told: %s", e.getMessage()))
        .onComplete(done -> telling = false);
  }

  private UpsertWorkerLabelsRequest request(String workerId, Map<String, String> now) {
    UpsertWorkerLabelsRequest.Builder request =
        UpsertWorkerLabelsRequest.newBuilder().setWorkerId(workerId);
    told.keySet().forEach(key -> request.putLabels(key, label(NO)));
    now.forEach((key, value) -> request.putLabels(key, label(value)));
    return request.build();
  }

  static WorkerLabel label(String value) {
    return WorkerLabel.newBuilder().setStrValue(value).build();
  }
}
