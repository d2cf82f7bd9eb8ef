package dev.valet.api.health;

/** How many shards a prober takes or gives back. Pure. */
final class ShardPlanner {
  static final int SHARDS = 256;

  private ShardPlanner() {}

  /** The most that one of so many live replicas holds; at least one replica is counted. */
  static int fairShare(int liveReplicas) {
    return Math.ceilDiv(SHARDS, Math.max(1, liveReplicas));
  }

  /** How many more to take at most. */
  static int toTake(int held, int liveReplicas) {
    return Math.max(0, fairShare(liveReplicas) - held);
  }

  /** How many to give back. */
  static int toRelease(int held, int liveReplicas) {
    return Math.max(0, held - fairShare(liveReplicas));
  }
}
