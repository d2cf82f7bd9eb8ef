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

  /**
   * The same is under way: the caller gets that operation.
   *
   * @param open null where only the decision was asked for
   */
  record Joined(@Nullable Operation open) implements Decision {}

  /** It is so already. */
  record Reached() implements Decision {}

  /** A new wish; it supersedes what is under way. */
  record New() implements Decision {}

  /**
   * How a sandbox stands.
   *
   * @param generation of its newest wish
   * @param observedGeneration of the wish that the reconciler has seen
   * @param open kind of the operation under way; null without one
   */
  record Standing(
      DesiredState desired,
      long generation,
      Phase phase,
      long observedGeneration,
      @Nullable OperationKind open) {}

  static Decision decide(
      Sandbox sandbox,
      SandboxStore.Progress progress,
      @Nullable Operation open,
      OperationKind kind) {
    Standing now =
        new Standing(
            sandbox.desired(),
            sandbox.generation,
            progress.phase(),
            progress.observedGeneration(),
            open == null ? null : open.kind());
    Decision decision = decide(now, kind);
    return decision instanceof Joined ? new Joined(open) : decision;
  }

  static Decision decide(Standing now, OperationKind kind) {
    if (now.open() == kind && kind != OperationKind.RESTART) {
      return new Joined(null);
    }
    if (now.desired() == DesiredState.TERMINATED && kind != OperationKind.TERMINATE) {
      return new Refused(
          now.phase() == Phase.TERMINATED
              ? "The sandbox is terminated; create a new one."
              : "The sandbox is being terminated; nothing supersedes that.");
    }
    if (kind == OperationKind.RESTART && now.desired() == DesiredState.STOPPED) {
      return new Refused("The sandbox is stopped or stopping; start it instead.");
    }
    return now.open() == null && reached(now, kind) ? new Reached() : new New();
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

  private static boolean reached(Standing now, OperationKind kind) {
    if (now.generation() != now.observedGeneration()) {
      return false;
    }
    return switch (kind) {
      case START -> now.phase() == Phase.RUNNING;
      case STOP -> now.phase() == Phase.STOPPED;
      case TERMINATE -> now.phase() == Phase.TERMINATED;
      case CREATE, IMPORT, RESTART, UPGRADE, BULK -> false;
    };
  }
}
