package dev.valet.agent.control;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;

/** The body of one request, up to {@value #MOST} bytes and within {@value #MOST_MILLIS} ms. */
final class BoundedBody {
  static final int MOST = 16 * 1024;
  static final long MOST_MILLIS = 5_000;

  private final Vertx vertx;
  private final HttpServerRequest request;
  private final Buffer body = Buffer.buffer();
  private final Promise<Buffer> whole = Promise.promise();

  BoundedBody(Vertx vertx, HttpServerRequest request) {
    this.vertx = vertx;
    this.request = request;
  }

  /** More came than is read. */
  static final class TooLarge extends IOException {
    TooLarge() {
      super("the body is larger than 16 KiB");
    }
  }

  /** Call it before anything of the request is read. */
  Future<Buffer> read() {
    long timer =
        vertx.setTimer(MOST_MILLIS, late -> whole.tryFail(new IOException("the body is late")));
    request.handler(this::part);
    request.exceptionHandler(whole::tryFail);
    request.endHandler(end -> whole.tryComplete(body));
    return whole.future().onComplete(done -> vertx.cancelTimer(timer));
  }

  private void part(Buffer part) {
    if (body.length() + part.length() > MOST) {
      whole.tryFail(new TooLarge());
    } else {
      body.appendBuffer(part);
    }
  }
}
