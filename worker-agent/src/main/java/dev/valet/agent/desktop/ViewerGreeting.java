package dev.valet.agent.desktop;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * The server's side of an RFB 3.8 handshake that asks for nothing: who comes this far has shown its
 * token already.
 */
final class ViewerGreeting {
  private static final String VERSION = "RFB 003.008\n";
  private static final byte NO_PASSWORD = 1;

  private final Intake in;
  private final Consumer<Buffer> out;
  private final Runnable done;
  private final Consumer<String> failed;

  ViewerGreeting(Intake in, Consumer<Buffer> out, Runnable done, Consumer<String> failed) {
    this.in = in;
    this.out = out;
    this.done = done;
    this.failed = failed;
  }

  void begin() {
    out.accept(Buffer.buffer(VERSION));
    in.expect(VERSION.length(), this::greeted);
  }

  private void greeted(Buffer version) {
    if (!version.toString(StandardCharsets.US_ASCII).equals(VERSION)) {
      failed.accept("only RFB 3.8 is spoken here");
      return;
    }
    out.accept(Buffer.buffer(new byte[] {1, NO_PASSWORD}));
    in.expect(1, this::chosen);
  }

  private void chosen(Buffer type) {
    if (type.getByte(0) != NO_PASSWORD) {
      failed.accept("no other security type was offered than 1");
      return;
    }
    out.accept(Buffer.buffer().appendInt(0));
    // Whether others may watch, too, is not the viewer's to say.
    in.expect(1, shared -> done.run());
  }
}
