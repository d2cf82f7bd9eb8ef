package dev.valet.local.ec2.fleet;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * What changes in the life of an instance.
 *
 * @param since when it came into this state; its transition is due a fixed time later
 * @param launchTime the last launch or start
 * @param everRan whether it has been {@code running} since its launch
 * @param publicIp only while it is not stopped
 * @param reason EC2's transition reason, often empty
 */
public record Status(
    InstanceState state,
    Instant since,
    Instant launchTime,
    boolean everRan,
    @Nullable String publicIp,
    String reason,
    @Nullable StateReason stateReason) {

  private static final DateTimeFormatter REASON_TIME =
      DateTimeFormatter.ofPattern("'User initiated ('yyyy-MM-dd HH:mm:ss 'GMT)'")
          .withZone(ZoneOffset.UTC);

  static Status launched(Instant now, @Nullable String publicIp) {
    return new Status(InstanceState.PENDING, now, now, false, publicIp, "", StateReason.PENDING);
  }

  Status started(Instant now, @Nullable String newPublicIp) {
    return new Status(
        InstanceState.PENDING, now, now, everRan, newPublicIp, "", StateReason.PENDING);
  }

  Status running(Instant now) {
    return new Status(InstanceState.RUNNING, now, launchTime, true, publicIp, "", null);
  }

  Status ending(InstanceState to, Instant now) {
    return new Status(
        to,
        now,
        launchTime,
        everRan,
        publicIp,
        REASON_TIME.format(now),
        StateReason.USER_INITIATED);
  }

  /** Stopped or terminated: the public address goes back to the pool. */
  Status ended(InstanceState to, Instant now) {
    return new Status(to, now, launchTime, everRan, null, reason, stateReason);
  }
}
