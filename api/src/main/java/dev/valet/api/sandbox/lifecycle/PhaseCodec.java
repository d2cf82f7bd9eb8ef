package dev.valet.api.sandbox.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.valet.api.sandbox.lifecycle.SandboxPhase.Boot;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Booting;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.DrainFor;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Draining;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Failed;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Launching;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Pending;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Replacing;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Running;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Stopped;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Stopping;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Terminated;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Terminating;
import dev.valet.common.sandbox.Phase;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** A phase as the columns phase, phase_since and phase_data. Pure. */
final class PhaseCodec {
  private PhaseCodec() {}

  static JsonObject data(SandboxPhase phase) {
    return switch (phase) {
      case Booting booting ->
          new JsonObject()
              .put("boot", booting.boot().name())
              .put("priorBootId", booting.priorBootId());
      case Draining draining -> draining(draining);
      case Failed failed ->
          new JsonObject().put("code", failed.code()).put("generation", failed.generation());
      case Replacing replacing -> new JsonObject().put("asked", replacing.asked());
      case Pending p -> new JsonObject();
      case Launching l -> new JsonObject();
      case Running r -> new JsonObject();
      case Stopping s -> new JsonObject();
      case Stopped s -> new JsonObject();
      case Terminating t -> new JsonObject();
      case Terminated t -> new JsonObject();
    };
  }

  private static JsonObject draining(Draining draining) {
    return new JsonObject()
        .put("next", draining.next().name())
        .put("active", draining.active())
        .put("silentSince", draining.silentSince())
        .put("over", draining.over());
  }

  static SandboxPhase read(String name, Instant since, JsonObject data) {
    return switch (Phase.fromWire(name)) {
      case PENDING -> new Pending(since);
      case LAUNCHING -> new Launching(since);
      case BOOTING ->
          new Booting(since, Boot.valueOf(data.getString("boot")), data.getString("priorBootId"));
      case RUNNING -> new Running(since);
      case DRAINING ->
          new Draining(
              since,
              DrainFor.valueOf(data.getString("next")),
              data.getInteger("active", 0),
              data.getInstant("silentSince"),
              data.getString("over"));
      case STOPPING -> new Stopping(since);
      case STOPPED -> new Stopped(since);
      case REPLACING -> new Replacing(since, data.getBoolean("asked"));
      case TERMINATING -> new Terminating(since);
      case TERMINATED -> new Terminated(since);
      case FAILED ->
          new Failed(
              since,
              requireNonNull(data.getString("code")),
              requireNonNull(data.getLong("generation")));
    };
  }
}
