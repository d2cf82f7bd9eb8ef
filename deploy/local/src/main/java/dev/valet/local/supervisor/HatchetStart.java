package dev.valet.local.supervisor;

import dev.valet.local.hatchet.GoProgram;
import dev.valet.local.hatchet.GoToolchain;
import dev.valet.local.hatchet.HatchetEngine;
import dev.valet.local.host.StartException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Brings up our own task engine on a thread of its own. Nobody waits for it: the fleet is of use
 * without, and agents connect whenever it is there.
 */
final class HatchetStart {
  private final HatchetChoice choice;
  private final Parts parts;
  private final Supervisor supervisor;
  private final Progress progress;

  HatchetStart(HatchetChoice choice, Parts parts, Supervisor supervisor, Progress progress) {
    this.choice = choice;
    this.parts = parts;
    this.supervisor = supervisor;
    this.progress = progress;
  }

  /** Begins, if an engine is wanted and possible; PostgreSQL must have been started. */
  void begin() {
    if (choice.kind() != HatchetChoice.Kind.OWN) {
      return;
    }
    Optional<GoToolchain> go = GoToolchain.find();
    GoProgram program = GoProgram.engine();
    if (go.isEmpty() && !program.isBuilt()) {
      progress.say(
          "No Hatchet engine: building it needs Go 1.26 or newer; sandboxes run without tasks"
              + " (HATCHET_CLIENT_TOKEN names an engine that you have)");
      return;
    }
    Thread.ofPlatform()
        .daemon()
        .name("valet-hatchet")
        .start(() -> run(program, go.orElse(new GoToolchain("go"))));
  }

  private void run(GoProgram program, GoToolchain go) {
    try {
      Path executable = program.build(go, line -> progress.say("%s", line));
      HatchetEngine engine = choice.engine();
      var _ =
          supervisor
              .beginBeneath(parts.hatchet(engine, executable))
              .exceptionally(failure -> {
                sayUnlessStopped(failure);
                return null;
              });
    } catch (RuntimeException e) {
      sayUnlessStopped(e);
    }
  }

  private void sayUnlessStopped(Throwable failure) {
    String why = failure instanceof StartException ? failure.getMessage() : failure.toString();
    if (!supervisor.isStopped()) {
      progress.say("No Hatchet engine, the rest goes on: %s", String.valueOf(why));
    }
  }
}
