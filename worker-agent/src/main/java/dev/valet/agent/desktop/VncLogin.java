package dev.valet.agent.desktop;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.function.Consumer;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** The client's side of an RFB 3.8 handshake with a password, up to where the session begins. */
final class VncLogin {
  private static final String VERSION = "RFB 003.008\n";
  private static final int PASSWORD_TYPE = 2;
  private static final int CHALLENGE = 16;
  private static final int KEY = 8;

  private final Intake in;
  private final Consumer<Buffer> out;
  private final String password;
  private final Runnable done;
  private final Consumer<String> failed;

  VncLogin(
      Intake in, Consumer<Buffer> out, String password, Runnable done, Consumer<String> failed) {
    this.in = in;
    this.out = out;
    this.password = password;
    this.done = done;
    this.failed = failed;
  }

  void begin() {
    in.expect(VERSION.length(), this::greeted);
  }

  private void greeted(Buffer version) {
    if (!version.toString(StandardCharsets.US_ASCII).equals(VERSION)) {
      failed.accept("it does not speak RFB 3.8");
      return;
    }
    out.accept(Buffer.buffer(VERSION));
    in.expect(1, count -> in.expect(count.getUnsignedByte(0), this::offered));
  }

  private void offered(Buffer types) {
    for (int i = 0; i < types.length(); i++) {
      if (types.getByte(i) == PASSWORD_TYPE) {
        out.accept(Buffer.buffer(new byte[] {PASSWORD_TYPE}));
        in.expect(CHALLENGE, this::challenged);
        return;
      }
    }
    failed.accept("it does not ask for a password");
  }

  private void challenged(Buffer challenge) {
    out.accept(Buffer.buffer(answer(challenge.getBytes(), password)));
    in.expect(Integer.BYTES, this::judged);
  }

  private void judged(Buffer result) {
    if (result.getInt(0) == 0) {
      done.run();
    } else {
      failed.accept("it refuses the password");
    }
  }

  /** DES, which VNC uses with the bits of each of the key's bytes in reverse. */
  static byte[] answer(byte[] challenge, String password) {
    byte[] key = Arrays.copyOf(password.getBytes(StandardCharsets.US_ASCII), KEY);
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (Integer.reverse(key[i]) >>> 24);
    }
    try {
      Cipher des = Cipher.getInstance("DES/ECB/NoPadding");
      des.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "DES"));
      return des.doFinal(challenge);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has DES", e);
    }
  }
}
