package dev.valet.agent.desktop;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Bytes as they come, handed on as a handshake wants them: so many now, later all. */
final class Intake implements Handler<Buffer> {
  /** More than any handshake has. */
  private static final int MOST_WAITING = 1024;

  private final Runnable tooMuch;
  private Buffer waiting = Buffer.buffer();
  private int wanted;
  private @Nullable Consumer<Buffer> next;
  private @Nullable Consumer<Buffer> rest;

  /**
   * @param tooMuch called when the other end sends far more than was asked for
   */
  Intake(Runnable tooMuch) {
    this.tooMuch = tooMuch;
  }

  /** The next so many bytes go there, once. */
  void expect(int bytes, Consumer<Buffer> then) {
    wanted = bytes;
    next = then;
    serve();
  }

  /** Everything else goes there. */
  void flow(Consumer<Buffer> then) {
    rest = then;
    Buffer left = waiting;
    waiting = Buffer.buffer();
    if (left.length() > 0) {
      then.accept(left);
    }
  }

  @Override
  public void handle(Buffer part) {
    Consumer<Buffer> all = rest;
    if (all != null) {
      all.accept(part);
    } else if (waiting.length() + part.length() > MOST_WAITING) {
      tooMuch.run();
    } else {
      waiting.appendBuffer(part);
      serve();
    }
  }

  private void serve() {
    Consumer<Buffer> taker = next;
    if (taker != null && waiting.length() >= wanted) {
      Buffer head = waiting.getBuffer(0, wanted);
      waiting = waiting.getBuffer(wanted, waiting.length());
      next = null;
      taker.accept(head);
    }
  }
}
