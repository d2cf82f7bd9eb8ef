package dev.valet.api.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.valet.api.access.Caller;
import dev.valet.api.access.Scope;
import dev.valet.common.access.Permission;
import dev.valet.common.sandbox.Environment;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A socket's life in stepped time, against a client that takes what the test lets it take. */
class EventSessionTest {
  private static final UUID STREAM = UUID.fromString("00000000-0000-7000-8000-00000000000a");
  private static final String ALL = "{\"subscribe\": {}}";
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Caller READER = caller(Scope.all(), null);

  private final EventTail tail = new EventTail(1_000);
  private final FakePeer peer = new FakePeer();
  private final FakeTable table = new FakeTable();
  private long nanos;
  private EventSession session;

  private static Caller caller(Scope scope, Instant expiresAt) {
    return new Caller(
        "issuer",
        "me",
        "me",
        List.of(),
        Map.of(Permission.READ, scope),
        null,
        expiresAt,
        null,
        null);
  }

  /** Takes a message when the test says so. */
  private static final class FakePeer implements Peer {
    final List<String> sent = new ArrayList<>();
    final List<UniEmitter<? super Void>> untaken = new ArrayList<>();
    int pings;
    CloseCode closed;
    boolean aborted;

    @Override
    public Uni<Void> send(String text) {
      sent.add(text);
      return Uni.createFrom().emitter(untaken::add);
    }

    @Override
    public void ping() {
      pings++;
    }

    @Override
    public void close(CloseCode code, String reason) {
      closed = code;
    }

    @Override
    public void abort() {
      aborted = true;
    }

    void takeAll() {
      while (!untaken.isEmpty()) {
        List<UniEmitter<? super Void>> now = List.copyOf(untaken);
        untaken.clear();
        now.forEach(one -> one.complete(null));
      }
    }
  }

  /** The events 1 to head, of which those from oldest on are kept. */
  private static final class FakeTable implements StreamReads {
    UUID stream = STREAM;
    long head;
    long oldest = 1;
    int reads;

    @Override
    public Uni<StreamPage> page(long after, int most) {
      reads++;
      long first = Math.max(after + 1, oldest);
      long last = after == Long.MAX_VALUE ? 0 : Math.min(head, first + most - 1);
      return Uni.createFrom()
          .item(new StreamPage(stream, head, oldest, Fixture.events(first, last)));
    }
  }

  @BeforeEach
  void open() {
    tail.start(STREAM, 0);
    session = session(READER);
  }

  private EventSession session(Caller caller) {
    var limits =
        new Pace.Limits(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(10));
    var around =
        new EventSession.Surroundings(
            tail,
            table,
            new EventJson(JsonMapper.builder().build()),
            new SocketMetrics(new SimpleMeterRegistry()),
            limits,
            () -> nanos);
    return new EventSession(around, peer, Runnable::run, caller);
  }

  private void happen(int count) {
    for (int i = 0; i < count; i++) {
      tail.add(Fixture.event(++table.head));
    }
    session.wake();
  }

  private void step(int seconds) {
    nanos += Duration.ofSeconds(seconds).toNanos();
    session.tick(NOW);
  }

  private void subscribe(String text) {
    session.receive(text);
    peer.takeAll();
    peer.sent.clear();
  }

  @Test
  void nextPartWaitsUntilTheOneBeforeIsReceived() {
    subscribe(ALL);
    happen(1);
    happen(249);
    assertThat(peer.sent).isEqualTo(Fixture.texts(1, 1));
    peer.untaken.removeFirst().complete(null);
    assertThat(peer.sent).as("a part, and no more").isEqualTo(Fixture.texts(1, 101));
    peer.takeAll();
    assertThat(peer.sent).isEqualTo(Fixture.texts(1, 250));
    assertThat(table.reads).as("lookups besides that of the subscription").isEqualTo(1);
  }

  @Test
  void clientThatReceivesNothingForTooLongIsDropped() {
    subscribe(ALL);
    happen(5);
    step(9);
    assertThat(peer.closed).isNull();
    step(1);
    assertThat(peer.closed).isEqualTo(CloseCode.TOO_SLOW);
    int sent = peer.sent.size();
    happen(5);
    assertThat(peer.sent).hasSize(sent);
    step(4);
    assertThat(peer.aborted).isFalse();
    step(1);
    assertThat(peer.aborted).as("it does not answer the goodbye either").isTrue();
  }

  @Test
  void slowClientIsServedFromTheTableWhereMemoryDoesNotReach() {
    subscribe(ALL);
    happen(1);
    happen(1_500);
    peer.takeAll();
    assertThat(peer.sent).isEqualTo(Fixture.texts(1, 1_501));
    assertThat(table.reads).isGreaterThan(1);
  }

  @Test
  void clientThatIsOvertakenByThePurgeIsToldToResyncAndGoesOn() {
    subscribe(ALL);
    happen(1);
    happen(1_500);
    table.oldest = 1_400;
    peer.takeAll();
    assertThat(peer.sent).hasSize(2);
    assertThat(peer.sent.getLast()).contains("\"resync\"").contains("\"seq\":1501");
    happen(1);
    assertThat(peer.sent.getLast()).isEqualTo("event 1502");
  }

  @Test
  void heartbeatSaysHowFarAQuietClientIs() {
    subscribe("{\"subscribe\": {\"types\": [\"fleet.freeze\"]}}");
    happen(7);
    session.heard();
    step(15);
    assertThat(peer.sent).containsExactly("{\"type\":\"heartbeat\",\"seq\":7}");
    assertThat(peer.pings).isEqualTo(1);
  }

  @Test
  void deadPeerIsGivenUpAfterThreePings() {
    subscribe(ALL);
    for (int i = 0; i < 4; i++) {
      step(10);
      peer.takeAll();
    }
    assertThat(peer.closed).isNull();
    step(5);
    assertThat(peer.closed).isEqualTo(CloseCode.TIMEOUT);
  }

  @Test
  void whoDoesNotSubscribeIsClosed() {
    step(9);
    assertThat(peer.closed).isNull();
    step(1);
    assertThat(peer.closed).isEqualTo(CloseCode.TIMEOUT);
  }

  @Test
  void tokenIsNotOutlived() {
    session = session(caller(Scope.all(), NOW.plusSeconds(5)));
    subscribe(ALL);
    session.tick(NOW.plusSeconds(2));
    assertThat(peer.closed).isNull();
    session.tick(NOW.plusSeconds(3));
    assertThat(peer.closed).isEqualTo(CloseCode.UNAUTHORIZED);
  }

  @Test
  void narrowerRightsEndTheSocketBeforeAnythingElseIsSent() {
    subscribe(ALL);
    session.know(READER);
    assertThat(peer.closed).isNull();
    session.know(caller(Scope.of(Set.of(new Scope.Area(null, Environment.DEV))), null));
    assertThat(peer.closed).isEqualTo(CloseCode.UNAUTHORIZED);
    int sent = peer.sent.size();
    happen(3);
    assertThat(peer.sent).hasSize(sent);
  }

  @Test
  void anotherStreamIsNeverMixedWithTheOld() {
    subscribe(ALL);
    happen(3);
    peer.takeAll();
    table.stream = UUID.randomUUID();
    table.head = 2;
    tail.start(table.stream, 2);
    session.wake();
    peer.takeAll();
    assertThat(peer.sent.getLast())
        .contains("\"resync\"")
        .contains(table.stream.toString())
        .contains("\"seq\":2");
    happen(1);
    assertThat(peer.sent.getLast()).isEqualTo("event 3");
    assertThat(peer.sent).hasSize(5);
  }

  @Test
  void nothingIsSentUntilThisReplicaFollowsTheClientsStream() {
    table.stream = UUID.randomUUID();
    table.head = 5;
    session.receive(ALL);
    peer.takeAll();
    peer.sent.clear();
    happenInOldStream();
    assertThat(peer.sent).isEmpty();
  }

  private void happenInOldStream() {
    for (long seq = 1; seq <= 7; seq++) {
      tail.add(Fixture.event(seq));
    }
    session.wake();
    peer.takeAll();
  }
}
