package dev.valet.common.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/**
 * A signed statement that the log up to a seal was as its hash says. Kept outside the database, it
 * shows later that nothing before it was rewritten or cut.
 *
 * @param seq the seal
 * @param hash its hash, 64 hexadecimal digits
 * @param at when the statement was made, in microseconds
 * @param key which key signed: the first 16 hexadecimal digits of the SHA-256 of the public key
 *     (X.509 encoding)
 * @param signature Ed25519 over {@link #signed}, Base64
 */
public record AuditCheckpoint(long seq, String hash, Instant at, String key, byte[] signature) {
  private static final String PURPOSE = "valet-audit-checkpoint-v1\n";
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  /**
   * What is signed: the line {@code valet-audit-checkpoint-v1} and then {@code
   * {"at":"2026-11-24T03:00:00.000000Z","hash":"...","seq":1000}}, in UTF-8.
   */
  public byte[] signed() {
    return signed(seq, hash, at);
  }

  /** The same, before there is a signature. */
  public static byte[] signed(long seq, String hash, Instant at) {
    String statement =
        "{\"at\":\"%s\",\"hash\":\"%s\",\"seq\":%d}".formatted(MICROSECONDS.format(at), hash, seq);
    return (PURPOSE + statement).getBytes(StandardCharsets.UTF_8);
  }

  /** Whether a seal with that hash is the one meant. */
  boolean agrees(byte[] sealHash) {
    return HexFormat.of().formatHex(sealHash).equals(hash);
  }
}
