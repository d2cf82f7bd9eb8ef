package dev.valet.api.health;

import java.util.UUID;

/** Which shard a sandbox belongs to: the last byte of its id, as in column sandbox_health.shard. */
final class Shards {
  private static final int LAST_BYTE = 0xFF;

  private Shards() {}

  static int of(UUID sandboxId) {
    return (int) (sandboxId.getLeastSignificantBits() & LAST_BYTE);
  }
}
