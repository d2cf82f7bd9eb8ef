package dev.valet.api.desktop;

import dev.valet.common.desktop.VncTicket;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A ticket's 256 random bits, base64url. */
record TicketSecret(String text) {
  /** The one subprotocol that carries pixels. */
  static final String BINARY = "binary";

  private static final int BYTES = 32;

  static TicketSecret generate(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new TicketSecret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /**
   * Among the subprotocols that a viewer offers.
   *
   * @param offered value of the header; null if there is none
   */
  static Optional<TicketSecret> among(@Nullable String offered) {
    return offered == null
        ? Optional.empty()
        : Arrays.stream(offered.split(","))
            .map(String::strip)
            .filter(protocol -> protocol.startsWith(VncTicket.SUBPROTOCOL))
            .map(protocol -> new TicketSecret(protocol.substring(VncTicket.SUBPROTOCOL.length())))
            .findFirst();
  }

  /** Under which it is stored. */
  Buffer hash() {
    try {
      return Buffer.buffer(
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "TicketSecret[hidden]";
  }
}
