package dev.valet.agent.hatchet;

import dev.valet.agent.hatchet.Link.Step;
import dev.valet.agent.hatchet.LinkCommand.Alarm;
import dev.valet.agent.hatchet.LinkCommand.CloseStream;
import dev.valet.agent.hatchet.LinkCommand.Connect;
import dev.valet.agent.hatchet.LinkCommand.DropConnection;
import dev.valet.agent.hatchet.LinkCommand.Introduce;
import dev.valet.agent.hatchet.LinkCommand.OpenStream;
import dev.valet.agent.hatchet.LinkCommand.Pause;
import dev.valet.agent.hatchet.LinkCommand.StartBeats;
import dev.valet.agent.hatchet.LinkCommand.StopBeats;
import dev.valet.agent.hatchet.LinkEvent.BeatAccepted;
import dev.valet.agent.hatchet.LinkEvent.BeatFailed;
import dev.valet.agent.hatchet.LinkEvent.CatalogueChanged;
import dev.valet.agent.hatchet.LinkEvent.EngineGiven;
import dev.valet.agent.hatchet.LinkEvent.EngineTaken;
import dev.valet.agent.hatchet.LinkEvent.Introduced;
import dev.valet.agent.hatchet.LinkEvent.IntroductionFailed;
import dev.valet.agent.hatchet.LinkEvent.PauseOver;
import dev.valet.agent.hatchet.LinkEvent.RenewalAsked;
import dev.valet.agent.hatchet.LinkEvent.StreamEnded;
import dev.valet.agent.hatchet.LinkEvent.StreamOld;
import dev.valet.agent.hatchet.LinkEvent.TokenChanged;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides what to do about the connection; pure. Nothing is ever given up: every failure ends in a
 * pause and another try, with the same worker id as long as the engine knows it.
 */
final class LinkPlanner {
  /** So many heartbeats without an answer mean that the connection is dead. */
  private static final int DEAD_AFTER_MISSED = 2;

  private LinkPlanner() {}

  /** The new state, and what to do in this order. */
  record Plan(Link link, List<LinkCommand> commands) {
    static Plan of(Link link, LinkCommand... commands) {
      return new Plan(link, List.of(commands));
    }
  }

  static Plan plan(Link link, LinkEvent event) {
    return switch (event) {
      case EngineGiven given -> startOver(link, true);
      case CatalogueChanged changed -> changed(link);
      case TokenChanged changed -> renewed(link);
      case RenewalAsked asked -> renewed(link);
      case EngineTaken taken -> new Plan(Link.NONE, List.of(new StopBeats(), new DropConnection()));
      case Introduced introduced -> introduced(link, introduced);
      case IntroductionFailed failed -> introductionFailed(link, failed);
      case PauseOver over -> pauseOver(link);
      case StreamEnded ended -> streamEnded(link, ended);
      case BeatAccepted accepted -> beatAccepted(link, accepted);
      case BeatFailed failed -> beatFailed(link, failed);
      case StreamOld old -> streamOld(link, old);
    };
  }

  private static Plan startOver(Link link, boolean connect) {
    Link fresh = link.worker(null).noStream().with(Step.INTRODUCING);
    List<LinkCommand> commands = new ArrayList<>();
    commands.add(new StopBeats());
    if (connect) {
      commands.add(new DropConnection());
      commands.add(new Connect());
    } else {
      commands.addAll(closings(link));
    }
    commands.add(new Introduce());
    return new Plan(fresh, List.copyOf(commands));
  }

  private static List<LinkCommand> closings(Link link) {
    List<LinkCommand> closings = new ArrayList<>();
    if (link.stream() != 0) {
      closings.add(new CloseStream(link.stream()));
    }
    if (link.retiring() != 0) {
      closings.add(new CloseStream(link.retiring()));
    }
    return closings;
  }

  private static Plan changed(Link link) {
    return link.step() == Step.ATTACHED ? startOver(link, false) : Plan.of(link);
  }

  /** Another connection and stream; the old ones go when the new ones stand, so no task is lost. */
  private static Plan renewed(Link link) {
    return switch (link.step()) {
      case ATTACHED -> {
        Link fresh = link.freshStream(link.stream() != 0);
        List<LinkCommand> commands = new ArrayList<>();
        if (link.retiring() != 0) {
          commands.add(new CloseStream(link.retiring()));
        }
        commands.add(new Connect());
        commands.add(new OpenStream(fresh.stream()));
        yield new Plan(fresh, List.copyOf(commands));
      }
      case WAITING -> {
        Plan plan = pauseOver(link);
        List<LinkCommand> commands = new ArrayList<>(List.of(new Connect()));
        commands.addAll(plan.commands());
        yield new Plan(plan.link(), List.copyOf(commands));
      }
      case INTRODUCING -> Plan.of(link, new Connect(), new Introduce());
      case IDLE -> Plan.of(link);
    };
  }

  private static Plan introduced(Link link, Introduced introduced) {
    if (link.step() != Step.INTRODUCING) {
      return Plan.of(link); // an answer from before a change
    }
    Link attached = link.worker(introduced.workerId()).with(Step.ATTACHED).freshStream(false);
    return Plan.of(attached, new OpenStream(attached.stream()), new StartBeats());
  }

  private static Plan introductionFailed(Link link, IntroductionFailed failed) {
    if (link.step() != Step.INTRODUCING) {
      return Plan.of(link);
    }
    return pause(link, failed.code(), failed.why(), List.of());
  }

  private static Plan pause(Link link, RpcCode code, String why, List<LinkCommand> before) {
    Link waiting = link.failed(code.refusesToken(), why).with(Step.WAITING);
    List<LinkCommand> commands = new ArrayList<>(before);
    commands.add(new Pause(waiting.failures()));
    if (code.refusesToken() && !link.unauthorized()) {
      commands.add(new Alarm("the engine refuses the token: " + why));
    }
    return new Plan(waiting, List.copyOf(commands));
  }

  private static Plan pauseOver(Link link) {
    if (link.step() != Step.WAITING) {
      return Plan.of(link);
    }
    if (link.workerId() == null) {
      return Plan.of(link.with(Step.INTRODUCING), new Introduce());
    }
    Link attached = link.with(Step.ATTACHED).freshStream(false);
    return Plan.of(attached, new OpenStream(attached.stream()), new StartBeats());
  }

  private static Plan streamEnded(Link link, StreamEnded ended) {
    if (ended.serial() == link.retiring()) {
      return Plan.of(link.retired());
    }
    if (ended.serial() != link.stream() || link.step() != Step.ATTACHED) {
      return Plan.of(link);
    }
    Link lost = link.lostStream();
    List<LinkCommand> before = new ArrayList<>();
    if (link.retiring() != 0) {
      before.add(new CloseStream(link.retiring()));
    }
    if (ended.code().refusesToken()) {
      before.add(new StopBeats());
    }
    return pause(lost, ended.code(), "the task stream ended, " + ended.why(), before);
  }

  private static Plan beatAccepted(Link link, BeatAccepted accepted) {
    if (link.step() != Step.ATTACHED || accepted.streamThen() != link.stream()) {
      return Plan.of(link);
    }
    Link well = link.well();
    return link.retiring() == 0
        ? Plan.of(well)
        : Plan.of(well.retired(), new CloseStream(link.retiring()));
  }

  private static Plan beatFailed(Link link, BeatFailed failed) {
    if (link.workerId() == null) {
      return Plan.of(link);
    }
    RpcCode code = failed.code();
    if (code == RpcCode.NOT_FOUND) {
      return startOver(link.failed(false, "the engine does not know this worker"), false);
    }
    if (code.refusesToken()) {
      List<LinkCommand> before = new ArrayList<>(List.of(new StopBeats()));
      before.addAll(closings(link));
      return pause(link.noStream(), code, failed.why(), before);
    }
    if (code == RpcCode.FAILED_PRECONDITION) {
      return streamUnseen(link, failed);
    }
    Link missed = link.missedBeat("heartbeats fail: " + failed.why());
    return missed.missedBeats() % DEAD_AFTER_MISSED == 0
        ? Plan.of(missed, new DropConnection(), new Connect())
        : Plan.of(missed);
  }

  /** The engine holds no stream of ours, whatever we think. */
  private static Plan streamUnseen(Link link, BeatFailed failed) {
    if (link.step() != Step.ATTACHED || failed.streamThen() != link.stream()) {
      return Plan.of(link.missedBeat(failed.why()));
    }
    Link fresh = link.lostStream().missedBeat("the engine sees no task stream").freshStream(false);
    List<LinkCommand> commands = closings(link);
    commands.add(new OpenStream(fresh.stream()));
    return new Plan(fresh, List.copyOf(commands));
  }

  private static Plan streamOld(Link link, StreamOld old) {
    if (link.step() != Step.ATTACHED || old.serial() != link.stream() || link.retiring() != 0) {
      return Plan.of(link);
    }
    Link fresh = link.freshStream(true);
    return Plan.of(fresh, new OpenStream(fresh.stream()));
  }
}
