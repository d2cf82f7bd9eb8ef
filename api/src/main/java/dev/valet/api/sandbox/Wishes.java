package dev.valet.api.sandbox;

import dev.valet.api.operation.Operation;
import dev.valet.common.operation.OperationKind;
import dev.valet.common.sandbox.DesiredState;
import dev.valet.common.sandbox.Phase;
import org.jspecify.annotations.Nullable;

/** What a start, stop, restart or terminate means for a sandbox as it is. Pure. */
final class Wishes {
  private Wishes() {}

  /** The decision. */
  sealed interface Decision {}

  /** It contradicts what was asked before and cannot be taken back. */
  record Refused(String why) implements Decision {}

  /** The same is under way: the caller gets that operation. */
  record Joined(Operation open) implements Decision {}

  /** It is so already. */
  record Reached() implements Decision {}

  /** A new wish; it supersedes what is under way. */
  record New() implements Decision {}

  static Decision decide(
      Sandbox sandbox,
      SandboxStore.Progress progress,
      @Nullable Operation open,
      OperationKind kind) {
    if (open != null && open.kind() == kind && kind != OperationKind.RESTART) {
      return new Joined(open);
    }
    if (sandbox.desired() == DesiredState.TERMINATED && kind != OperationKind.TERMINATE) {
      return new Refused(
          progress.phase() == Phase.TERMINATED
              ? "The sandbox is terminated; create a new one."
              : "The sandbox is being terminated; nothing supersedes that.");
    }
    if (kind == OperationKind.RESTART && sandbox.desired() == DesiredState.STOPPED) {
      return new Refused("The sandbox is stopped or stopping; start it instead.");
    }
    return open == null && reached(sandbox, progress, kind) ? new Reached() : new New();
  }

  /** What an upgrade means. */
  static Decision decide(
      Sandbox sandbox,
      SandboxStore.Progress progress,
      @Nullable Operation open,
      UpgradeWish upgrade) {
    if (sandbox.desired() == DesiredState.TERMINATED) {
      return new Refused("The sandbox is terminated or on the way there.");
    }
    if (upgrade.isNewFor(sandbox)) {
      return new New();
    }
    if (open != null && open.kind() == OperationKind.UPGRADE) {
      return new Joined(open);
    }
    return progress.asWanted() ? new Reached() : new New();
  }

  private static boolean reached(
      Sandbox sandbox, SandboxStore.Progress progress, OperationKind kind) {
    if (sandbox.generation != progress.observedGeneration()) {
      return false;
    }
    return switch (kind) {
      case START -> progress.phase() == Phase.RUNNING;
      case STOP -> progress.phase() == Phase.STOPPED;
      case TERMINATE -> progress.phase() == Phase.TERMINATED;
      case CREATE, RESTART, UPGRADE -> false;
    };
  }
}
