package dev.valet.api.taskengine;

import dev.valet.api.taskengine.EngineReport.Status;
import dev.valet.api.taskengine.EngineReport.Worker;
import dev.valet.api.taskengine.Suspicion.Kind;
import dev.valet.api.taskengine.Suspicion.Stage;
import dev.valet.api.taskengine.ZombieStep.Act;
import dev.valet.api.taskengine.ZombieStep.Forget;
import dev.valet.api.taskengine.ZombieStep.Remember;
import dev.valet.common.health.HatchetState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds workers that are alive and take no tasks, from what agents and engine say at one time, and
 * decides what is done about them. Pure.
 *
 * <ul>
 *   <li>Only what has looked odd for several rounds and some time is believed, and only what looks
 *       well twice in a row is taken back.
 *   <li>First the stream is opened anew, then a restart is asked for.
 *   <li>When more than half of the fleet looks odd, the fault is not theirs: nothing is done.
 * </ul>
 */
final class ZombiePlanner {
  private static final int CLEAR_ROUNDS = 2;
  private static final int FEWEST = 2;
  private static final int MOST_AT_ONCE = 20;

  private final TaskEngineConfig config;

  ZombiePlanner(TaskEngineConfig config) {
    this.config = config;
  }

  /**
   * Everything at one time.
   *
   * @param waiting since when tasks have waited, by action
   * @param braked whether automatic repair is on hold
   */
  record Round(
      List<AgentSight> agents,
      List<Worker> workers,
      Map<String, Instant> waiting,
      Map<UUID, Suspicion> known,
      boolean braked,
      Instant now) {}

  /**
   * What comes of a round.
   *
   * @param held why nothing is done; null if nothing holds it back
   */
  record Plan(List<ZombieStep> steps, @Nullable String held) {}

  /** How a worker looks, and that in words. */
  private record Look(Kind kind, String what) {}

  Plan plan(Round round) {
    Map<AgentSight, Look> odd = odd(round);
    boolean ours = round.agents().size() >= FEWEST && odd.size() * 2 > round.agents().size();
    List<ZombieStep> steps = new ArrayList<>(passed(round, odd.keySet(), ours));
    if (ours) {
      return new Plan(
          List.copyOf(steps),
          "%d of %d workers look alive and take no tasks, so the fault is not theirs"
              .formatted(odd.size(), round.agents().size()));
    }
    int acts = 0;
    for (Map.Entry<AgentSight, Look> one : odd.entrySet()) {
      ZombieStep step = step(one.getKey(), one.getValue(), round, acts < MOST_AT_ONCE);
      steps.add(step);
      acts += step instanceof Act ? 1 : 0;
    }
    return new Plan(List.copyOf(steps), null);
  }

  private Map<AgentSight, Look> odd(Round round) {
    Map<String, Worker> byId = new HashMap<>();
    Set<UUID> active = new HashSet<>();
    for (Worker worker : round.workers()) {
      byId.put(worker.id(), worker);
      if (worker.isActive() && worker.sandboxId() != null) {
        active.add(worker.sandboxId());
      }
    }
    Map<AgentSight, Look> odd = new LinkedHashMap<>();
    for (AgentSight agent : round.agents()) {
      Worker worker = agent.workerId() == null ? null : byId.get(agent.workerId());
      Look look =
          agent.state() == HatchetState.CONNECTED
              ? connected(agent, worker, round)
              : unconnected(agent, worker, active);
      if (look != null) {
        odd.put(agent, look);
      }
    }
    return odd;
  }

  private static @Nullable Look unconnected(
      AgentSight agent, @Nullable Worker worker, Set<UUID> active) {
    boolean alive = worker == null ? active.contains(agent.sandboxId()) : worker.isActive();
    return alive
        ? new Look(
            Kind.NO_STREAM,
            "The engine gets heartbeats and counts the worker as active, but its task stream is not"
                + " open")
        : null;
  }

  private @Nullable Look connected(AgentSight agent, @Nullable Worker worker, Round round) {
    if (worker == null || worker.status() == Status.INACTIVE) {
      return new Look(
          Kind.NOT_KNOWN,
          "The agent says it is connected, but the engine knows no such worker as active");
    }
    return worker.isActive() ? idle(agent, worker, round) : null; // paused ones mean to be idle
  }

  private @Nullable Look idle(AgentSight agent, Worker worker, Round round) {
    Instant odd = round.now().minus(config.queuedFor());
    boolean busy =
        agent.room() <= 0
            || worker.freeSlots() <= 0
            || (agent.lastTaskAt() != null && agent.lastTaskAt().isAfter(odd));
    if (busy) {
      return null;
    }
    return worker.actions().stream()
        .filter(action -> round.waiting().getOrDefault(action, round.now()).isBefore(odd))
        .findFirst()
        .map(action ->
            new Look(
                Kind.NOT_ASSIGNED,
                "Tasks have waited for "
                    + shortened(action)
                    + " for over "
                    + config.queuedFor().toSeconds()
                    + " s; it has free slots and is given none"))
        .orElse(null);
  }

  private static String shortened(String action) {
    return action.length() <= 80 ? action : action.substring(0, 79) + "…";
  }

  /** Those that are known and do not look odd now. */
  private static List<ZombieStep> passed(Round round, Set<AgentSight> odd, boolean ours) {
    Map<UUID, AgentSight> seen = new HashMap<>();
    round.agents().forEach(agent -> seen.put(agent.sandboxId(), agent));
    List<ZombieStep> steps = new ArrayList<>();
    for (Suspicion known : round.known().values()) {
      AgentSight agent = seen.get(known.sandboxId());
      boolean sameProcess = agent != null && agent.bootId().equals(known.bootId());
      if (!sameProcess || (ours && !known.isBelieved())) {
        steps.add(new Forget(known.sandboxId()));
      } else if (!odd.contains(agent)) {
        Suspicion absent = known.absent();
        boolean over = !known.isBelieved() || absent.clearRounds() >= CLEAR_ROUNDS;
        steps.add(over ? new Forget(known.sandboxId()) : new Remember(absent));
      }
    }
    return steps;
  }

  private ZombieStep step(AgentSight agent, Look look, Round round, boolean mayAct) {
    Instant now = round.now();
    Suspicion before = round.known().get(agent.sandboxId());
    if (before == null || !before.bootId().equals(agent.bootId()) || isBroken(before, now)) {
      return new Remember(Suspicion.first(agent, look.kind(), now));
    }
    Suspicion again = before.again(look.kind(), now);
    Stage next = next(again, round.braked(), now);
    return next == again.stage() || !mayAct
        ? new Remember(again)
        : new Act(agent, again.entering(next, now), look.what());
  }

  /** What was seen long ago and not since, because the engine did not answer, proves nothing. */
  private boolean isBroken(Suspicion before, Instant now) {
    Duration unbroken = config.period().multipliedBy(6);
    return !before.isBelieved() && before.seenAt().plus(unbroken).isBefore(now);
  }

  private Stage next(Suspicion suspicion, boolean braked, Instant now) {
    return switch (suspicion.stage()) {
      case WATCHED -> {
        boolean believed =
            suspicion.rounds() >= config.suspectRounds()
                && !now.isBefore(suspicion.since().plus(config.suspectFor()));
        Stage first = braked ? Stage.FOUND : Stage.STREAM_RESTARTED;
        yield believed ? first : Stage.WATCHED;
      }
      case FOUND -> braked ? Stage.FOUND : Stage.STREAM_RESTARTED;
      case STREAM_RESTARTED ->
          now.isBefore(suspicion.stagedAt().plus(config.streamGrace()))
              ? Stage.STREAM_RESTARTED
              : Stage.RESTART_ASKED;
      case RESTART_ASKED -> Stage.RESTART_ASKED;
    };
  }
}
