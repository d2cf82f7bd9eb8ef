package dev.valet.agent.hatchet;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.valet.agent.hatchet.LinkPlanner.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class LinkPlannerTest {
  private Link link = Link.NONE;
  private List<LinkCommand> commands = List.of();

  private LinkPlannerTest after(LinkEvent... events) {
    for (LinkEvent event : events) {
      Plan plan = LinkPlanner.plan(link, event);
      link = plan.link();
      commands = plan.commands();
    }
    return this;
  }

  private LinkPlannerTest connected() {
    return after(new EngineGiven(), new Introduced("w1"), new BeatAccepted(1));
  }

  @Test
  void anEngineIsGreetedFirst() {
    after(new EngineGiven());

    assertThat(commands)
        .containsExactly(new StopBeats(), new DropConnection(), new Connect(), new Introduce());
    assertThat(link.step()).isEqualTo(Step.INTRODUCING);
  }

  @Test
  void aRegisteredWorkerOpensItsStreamAndBeats() {
    after(new EngineGiven(), new Introduced("w1"));

    assertThat(commands).containsExactly(new OpenStream(1), new StartBeats());
    assertThat(link.isConnected()).as("nobody has seen the stream yet").isFalse();
  }

  @Test
  void connectedMeansThatTheEngineSeesTheStream() {
    connected();

    assertThat(link.isConnected()).isTrue();
    assertThat(link.workerId()).isEqualTo("w1");
  }

  @Test
  void aBeatThatWasSentBeforeTheStreamProvesNothing() {
    after(new EngineGiven(), new Introduced("w1"), new BeatAccepted(-1));

    assertThat(link.isConnected()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = RpcCode.class,
      mode = Mode.EXCLUDE,
      names = {"UNAUTHENTICATED", "PERMISSION_DENIED"})
  void noEndOfAStreamIsFinalAndTheWorkerStaysTheSame(RpcCode code) {
    connected().after(new StreamEnded(1, code, "why"));

    assertThat(commands).containsExactly(new Pause(1));
    assertThat(link.isConnected()).isFalse();
    assertThat(link.reconnects()).isEqualTo(1);

    after(new PauseOver());
    assertThat(commands).containsExactly(new OpenStream(2), new StartBeats());
    after(new BeatAccepted(2));
    assertThat(link.isConnected()).isTrue();
    assertThat(link.workerId()).isEqualTo("w1");
    assertThat(link.failures()).isZero();
  }

  @Test
  void pausesGrowUntilSomethingWorks() {
    connected()
        .after(new StreamEnded(1, RpcCode.UNAVAILABLE, "x"), new PauseOver())
        .after(new StreamEnded(2, RpcCode.UNAVAILABLE, "x"));

    assertThat(commands).containsExactly(new Pause(2));
  }

  @Test
  void aStreamThatTheEngineDoesNotSeeIsOpenedAnew() {
    connected().after(new BeatFailed(1, RpcCode.FAILED_PRECONDITION, "not active"));

    assertThat(commands).containsExactly(new CloseStream(1), new OpenStream(2));
    assertThat(link.isConnected()).isFalse();
  }

  @Test
  void aRejectionOfABeatFromBeforeTheStreamOpensNothing() {
    connected()
        .after(new StreamEnded(1, RpcCode.OK, "x"), new PauseOver())
        .after(new BeatFailed(-1, RpcCode.FAILED_PRECONDITION, "not active"));

    assertThat(commands).isEmpty();
    assertThat(link.stream()).isEqualTo(2);
  }

  @Test
  void aForgottenWorkerRegistersAnew() {
    connected().after(new BeatFailed(1, RpcCode.NOT_FOUND, "no worker"));

    assertThat(commands).containsExactly(new StopBeats(), new CloseStream(1), new Introduce());
    assertThat(link.workerId()).isNull();

    after(new Introduced("w2"));
    assertThat(commands).containsExactly(new OpenStream(2), new StartBeats());
  }

  @Test
  void aRefusedTokenAlarmsOnceAndIsTriedAgain() {
    connected().after(new BeatFailed(1, RpcCode.UNAUTHENTICATED, "invalid auth token"));

    assertThat(commands)
        .containsExactly(
            new StopBeats(),
            new CloseStream(1),
            new Pause(1),
            new Alarm("the engine refuses the token: invalid auth token"));
    assertThat(link.unauthorized()).isTrue();

    after(new PauseOver(), new StreamEnded(2, RpcCode.UNAUTHENTICATED, "invalid auth token"));
    assertThat(commands).containsExactly(new StopBeats(), new Pause(2));
    after(new PauseOver(), new BeatAccepted(3));
    assertThat(link.unauthorized()).isFalse();
    assertThat(link.isConnected()).isTrue();
  }

  @Test
  void aNewTokenEndsTheWaitAndKeepsTheWorker() {
    connected().after(new BeatFailed(1, RpcCode.UNAUTHENTICATED, "x"), new TokenChanged());

    assertThat(commands).containsExactly(new Connect(), new OpenStream(2), new StartBeats());
    assertThat(link.workerId()).isEqualTo("w1");
  }

  @Test
  void aRenewalKeepsTheOldStreamUntilTheNewOneStandsAndOnlyThatOne() {
    connected().after(new RenewalAsked());
    assertThat(commands).containsExactly(new Connect(), new OpenStream(2));
    assertThat(link.isConnected()).as("the old stream still brings tasks").isTrue();

    after(new RenewalAsked());
    assertThat(commands).containsExactly(new CloseStream(1), new Connect(), new OpenStream(3));
    assertThat(link.retiring()).isEqualTo(2);
    assertThat(link.workerId()).isEqualTo("w1");
  }

  @Test
  void aNewTokenInGoodTimesLeavesTheOldStreamUntilTheNewOneStands() {
    connected().after(new TokenChanged());
    assertThat(commands).containsExactly(new Connect(), new OpenStream(2));
    assertThat(link.isConnected()).as("the old stream still brings tasks").isTrue();

    after(new BeatAccepted(2));
    assertThat(commands).containsExactly(new CloseStream(1));
    assertThat(link.isConnected()).isTrue();
  }

  @Test
  void anOldStreamIsReplacedWithoutAGap() {
    connected().after(new StreamOld(1));
    assertThat(commands).containsExactly(new OpenStream(2));
    assertThat(link.isConnected()).isTrue();

    after(new StreamEnded(1, RpcCode.OK, "closed"));
    assertThat(commands).as("the end of the old one is no loss").isEmpty();
    after(new BeatAccepted(2));
    assertThat(link.isConnected()).isTrue();
    assertThat(link.reconnects()).isZero();
  }

  @Test
  void aSingleMissedBeatShowsAndTwoMeanADeadConnection() {
    connected().after(new BeatFailed(1, RpcCode.DEADLINE_EXCEEDED, "late"));
    assertThat(commands).isEmpty();
    assertThat(link.isConnected()).isFalse();

    after(new BeatFailed(1, RpcCode.DEADLINE_EXCEEDED, "late"));
    assertThat(commands).containsExactly(new DropConnection(), new Connect());
  }

  @Test
  void aFailedIntroductionIsRepeatedForEver() {
    after(new EngineGiven());
    for (int failures = 1; failures <= 100; failures++) {
      after(new IntroductionFailed(RpcCode.INVALID_ARGUMENT, "x"));
      assertThat(commands).containsExactly(new Pause(failures));
      after(new PauseOver());
      assertThat(commands).containsExactly(new Introduce());
    }
  }

  @Test
  void whatComesTooLateChangesNothing() {
    connected();
    Link before = link;

    for (LinkEvent late :
        List.of(
            new Introduced("w0"),
            new IntroductionFailed(RpcCode.UNAVAILABLE, "x"),
            new PauseOver(),
            new StreamEnded(77, RpcCode.OK, "x"),
            new StreamOld(77))) {
      after(late);
      assertThat(link).isEqualTo(before);
      assertThat(commands).isEmpty();
    }
  }

  @Test
  void otherTasksMeanAnotherRegistration() {
    connected().after(new CatalogueChanged());

    assertThat(commands).containsExactly(new StopBeats(), new CloseStream(1), new Introduce());
  }

  @Test
  void withoutAnEngineNothingIsKept() {
    connected().after(new EngineTaken());

    assertThat(link).isEqualTo(Link.NONE);
    assertThat(commands).containsExactly(new StopBeats(), new DropConnection());
  }
}
