package dev.valet.api.realtime;

import static java.util.Objects.requireNonNull;

import dev.valet.api.access.Caller;
import dev.valet.api.access.Scope;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.common.access.Permission;
import dev.valet.common.event.StreamNotice;
import dev.valet.common.event.SubscribeRequest;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One client of the stream. It keeps a place in the stream and no queue: the next part is taken
 * from memory, or from the table if it is older, when the client has received the part before. All
 * work is done on the socket's own executor, one thing after another; public to other threads are
 * {@link #wake}, {@link #tick}, {@link #know}, {@link #caller} and {@link #end}.
 */
final class EventSession {
  /** A part: so many events are looked at, and about so many characters sent. */
  private static final int PART_EVENTS = 100;

  private static final int PART_CHARACTERS = 64 * 1024;

  /** Closes a socket before its token runs out, not after. */
  private static final int EXPIRY_MARGIN_SECONDS = 2;

  private static final Duration GOODBYE = Duration.ofSeconds(5);

  private final Surroundings around;
  private final Peer peer;
  private final Executor executor;
  private final Outbound outbound;
  private final Pace pace;
  private volatile Caller caller;
  private volatile long checked;
  private @Nullable Subscription subscription;
  private @Nullable Cursor cursor;

  /** Counts lookups in the database; only the answer of the latest one matters. */
  private int lookups;

  private boolean lookingUp;
  private boolean closed;
  private long closedAt;

  /** What all sockets of a replica share. */
  record Surroundings(
      EventTail tail,
      StreamReads store,
      EventJson json,
      SocketMetrics metrics,
      Pace.Limits limits,
      LongSupplier nanos) {}

  EventSession(Surroundings around, Peer peer, Executor executor, Caller caller) {
    this.around = around;
    this.peer = peer;
    this.executor = executor;
    this.caller = caller;
    long now = around.nanos().getAsLong();
    this.checked = now;
    this.pace = new Pace(around.limits(), now);
    this.outbound = new Outbound(peer, executor, around.nanos(), this::pump);
  }

  Caller caller() {
    return caller;
  }

  /** When what the caller may see was last asked, on the monotonic clock. */
  long checkedAt() {
    return checked;
  }

  /** There may be something new. */
  void wake() {
    executor.execute(this::pump);
  }

  /** Closes the socket. */
  void end(CloseCode code, String reason) {
    executor.execute(() -> close(code, reason));
  }

  /** What the caller may see, asked again. Anything else than before ends the socket. */
  void know(Caller now) {
    if (now.scope(Permission.READ).equals(caller.scope(Permission.READ))) {
      caller = now;
      checked = around.nanos().getAsLong();
    } else {
      end(CloseCode.UNAUTHORIZED, "What you may see has changed: connect and read again");
    }
  }

  /** Time has passed. */
  void tick(Instant now) {
    executor.execute(() -> judge(now));
  }

  /** The client answered a ping. */
  void heard() {
    pace.heard(around.nanos().getAsLong());
  }

  /** The client sent text. */
  void receive(String text) {
    if (closed) {
      return;
    }
    if (!pace.message(around.nanos().getAsLong())) {
      close(CloseCode.BAD_MESSAGE, "Too many messages: at most 20 in 10 seconds");
      return;
    }
    try {
      subscribe(around.json().read(text));
    } catch (ProblemException bad) {
      close(CloseCode.BAD_MESSAGE, bad.detail());
    }
  }

  /** The client sent what is no text, or no message at all. */
  void reject(String reason) {
    close(CloseCode.BAD_MESSAGE, reason);
  }

  /** The connection is gone. */
  void gone() {
    closed = true;
  }

  private void subscribe(SubscribeRequest request) {
    Scope scope = caller.scope(Permission.READ);
    Subscription wanted = Subscription.of(scope, requireNonNull(request.subscribe()));
    if (!wanted.isAllowed()) {
      close(CloseCode.FORBIDDEN, "You may see nothing of the tenant that \"tenantId\" names");
      return;
    }
    subscription = wanted;
    if (cursor != null && request.after() == null) {
      say(new StreamNotice.Subscribed(cursor.stream(), cursor.seq()));
      pump();
    } else {
      lookUp(around.store().head(), now -> enter(now, request));
    }
  }

  private void enter(StreamPage now, SubscribeRequest request) {
    long from = request.after() == null ? now.head() : request.after();
    String missed = Resume.missed(now, from, request.after() == null ? null : request.stream());
    if (missed == null) {
      moveTo(now, from);
      say(new StreamNotice.Subscribed(now.stream(), from));
      pump();
    } else {
      restart(now, missed);
    }
  }

  private void restart(StreamPage now, String why) {
    around.metrics().resynced();
    moveTo(now, now.head());
    say(new StreamNotice.Resync(now.stream(), now.head(), why));
    pump();
  }

  private void moveTo(StreamPage now, long seq) {
    cursor = new Cursor(now.stream(), seq, around.tail().epoch());
  }

  /** Sends what there is, a part at a time, until the client has something to receive. */
  private void pump() {
    boolean more = true;
    while (more && !closed && !lookingUp && outbound.isIdle()) {
      more = cursor != null && subscription != null && step(cursor, subscription);
    }
  }

  /** One part: false if there is nothing to do now. */
  private boolean step(Cursor at, Subscription wanted) {
    if (around.tail().stream() == null) {
      return false;
    }
    if (!at.stream().equals(around.tail().stream())) {
      // Whichever of the two is behind: the database knows.
      lookUp(around.store().head(), this::compareStream);
      return false;
    }
    return switch (around.tail().after(at.seq(), at.epoch(), PART_EVENTS)) {
      case EventTail.Found.Events found -> {
        deliver(found.events(), at, wanted);
        yield !found.events().isEmpty();
      }
      case EventTail.Found.Older older -> {
        fallBack(at, wanted);
        yield false;
      }
      case EventTail.Found.Restarted restarted -> {
        lookUp(around.store().head(), now -> restart(now, "The stream began anew"));
        yield false;
      }
    };
  }

  private void compareStream(StreamPage now) {
    if (cursor != null && !now.stream().equals(cursor.stream())) {
      restart(now, "The stream is another one");
    }
  }

  private void fallBack(Cursor at, Subscription wanted) {
    lookUp(
        around.store().page(at.seq(), PART_EVENTS),
        page -> {
          if (!page.stream().equals(at.stream()) || page.lacksNextOf(at.seq())) {
            restart(page, "Events were removed while you were reading them");
          } else {
            deliver(page.events(), at, wanted);
            pump();
          }
        });
  }

  private void deliver(List<StreamEvent> events, Cursor at, Subscription wanted) {
    List<String> texts = new ArrayList<>();
    int characters = 0;
    long seq = at.seq();
    for (StreamEvent event : events) {
      if (characters >= PART_CHARACTERS) {
        break;
      }
      if (wanted.shows(event)) {
        texts.add(event.text());
        characters += event.text().length();
      }
      seq = event.seq();
    }
    cursor = at.at(seq);
    if (!texts.isEmpty()) {
      outbound.send(texts);
    }
  }

  private void lookUp(Uni<StreamPage> page, Consumer<StreamPage> then) {
    lookingUp = true;
    int turn = ++lookups;
    page.subscribe()
        .with(
            found -> executor.execute(() -> found(turn, found, then)),
            failure -> end(CloseCode.TRY_AGAIN_LATER, "The database is away for the moment"));
  }

  private void found(int turn, StreamPage page, Consumer<StreamPage> then) {
    if (turn == lookups && !closed) {
      lookingUp = false;
      then.accept(page);
    }
  }

  private void judge(Instant now) {
    long nanos = around.nanos().getAsLong();
    if (closed) {
      bury(nanos);
      return;
    }
    Pace.Verdict verdict = pace.verdict(nanos, subscription != null, outbound.stalledSince());
    Instant expiresAt = caller.expiresAt();
    if (verdict != null) {
      close(verdict.code(), verdict.reason());
    } else if (expiresAt != null && !now.plusSeconds(EXPIRY_MARGIN_SECONDS).isBefore(expiresAt)) {
      close(CloseCode.UNAUTHORIZED, "The token runs out: connect with a new one");
    } else if (pace.beat(nanos)) {
      beat();
    }
  }

  /** A client that does not answer the goodbye is not waited for. */
  private void bury(long nanos) {
    if (nanos - closedAt >= GOODBYE.toNanos()) {
      peer.abort();
    }
  }

  private void beat() {
    peer.ping();
    if (cursor != null && outbound.isIdle()) {
      say(new StreamNotice.Heartbeat(cursor.seq()));
    }
  }

  private void say(StreamNotice notice) {
    outbound.send(List.of(around.json().write(notice)));
  }

  private void close(CloseCode code, String reason) {
    if (closed) {
      return;
    }
    closed = true;
    closedAt = around.nanos().getAsLong();
    around.metrics().closed(code);
    outbound.send(List.of(around.json().write(new StreamNotice.Fault(code.code(), reason))));
    peer.close(code, reason);
  }
}
