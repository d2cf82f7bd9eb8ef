package dev.valet.api.compute.ec2;

import dev.valet.api.compute.ComputeError;
import java.time.Duration;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/**
 * What the SDK may repeat by itself within one call; all attempts together are bounded by the
 * call's timeout and share its client token. The SDK's own rules are off: they repeat every 5xx,
 * and EC2 answers 500 when it has no capacity, so they would empty the small launch budget.
 */
final class Ec2Retries {
  private static final int ATTEMPTS = 4;

  private final RetryStrategy always;
  private final RetryStrategy onlyIfNothingWasDone;

  /**
   * Retries for calls of a certain length.
   *
   * @param timeout of one call with all its attempts; waits grow from a twentieth to a fifth of it
   */
  Ec2Retries(Duration timeout) {
    BackoffStrategy waits =
        BackoffStrategy.exponentialDelay(timeout.dividedBy(20), timeout.dividedBy(5));
    this.always = base(waits).retryOnException(Ec2Retries::throttledOrUnknown).build();
    this.onlyIfNothingWasDone = base(waits).retryOnException(Ec2Retries::throttled).build();
  }

  RetryStrategy always() {
    return always;
  }

  RetryStrategy onlyIfNothingWasDone() {
    return onlyIfNothingWasDone;
  }

  private static StandardRetryStrategy.Builder base(BackoffStrategy waits) {
    return DefaultRetryStrategy.standardStrategyBuilder()
        .useClientDefaults(false)
        .maxAttempts(ATTEMPTS)
        .backoffStrategy(waits)
        .throttlingBackoffStrategy(waits)
        .treatAsThrottling(Ec2Retries::throttled);
  }

  private static boolean throttled(Throwable failure) {
    return errorOf(failure) == ComputeError.THROTTLED;
  }

  private static boolean throttledOrUnknown(Throwable failure) {
    ComputeError error = errorOf(failure);
    return error == ComputeError.THROTTLED || error == ComputeError.UNKNOWN;
  }

  private static ComputeError errorOf(Throwable failure) {
    return Ec2Failures.of(Ec2Action.DESCRIBE_INSTANCES, failure).error();
  }
}
