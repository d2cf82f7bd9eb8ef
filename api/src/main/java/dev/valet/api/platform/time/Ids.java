package dev.valet.api.platform.time;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/** Makes ids that sort by their time of making: UUIDv7 for rows, ULIDs for launch attempts. */
@ApplicationScoped
public class Ids {
  private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int ULID_LENGTH = 26;

  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /** Ids whose time part comes from the given clock. */
  public Ids(Clock clock) {
    this.clock = clock;
  }

  /** A new UUID of version 7 (RFC 9562): 48 bits of milliseconds, then random. */
  public UUID uuid() {
    long high = (clock.millis() << 16) | 0x7000L | (random.nextLong() & 0x0FFFL);
    long low = 0x8000_0000_0000_0000L | (random.nextLong() >>> 2);
    return new UUID(high, low);
  }

  /** A new ULID: 26 characters of Crockford's base 32, 48 bits of milliseconds and 80 random. */
  public String ulid() {
    char[] text = new char[ULID_LENGTH];
    long time = clock.millis();
    for (int i = 9; i >= 0; i--) {
      text[i] = CROCKFORD.charAt((int) (time & 31));
      time >>>= 5;
    }
    for (int i = 10; i < ULID_LENGTH; i++) {
      text[i] = CROCKFORD.charAt(random.nextInt(32));
    }
    return new String(text);
  }
}
