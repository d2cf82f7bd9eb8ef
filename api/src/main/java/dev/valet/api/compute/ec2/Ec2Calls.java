package dev.valet.api.compute.ec2;

import dev.valet.api.compute.ComputeException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.ec2.Ec2AsyncClient;

/**
 * Runs single calls: waits for the credentials, bounds the time, counts and times, translates the
 * failure, and comes back to the Vert.x context of the caller.
 */
final class Ec2Calls {
  private final Ec2Credentials credentials;
  private final Ec2Sdk sdk;
  private final Duration timeout;
  private final MeterRegistry metrics;

  Ec2Calls(Ec2Sdk sdk, Ec2Credentials credentials, Duration timeout, MeterRegistry metrics) {
    this.credentials = credentials;
    this.sdk = sdk;
    this.timeout = timeout;
    this.metrics = metrics;
  }

  /** One call of the SDK, given the client for it and the options that its request must carry. */
  @FunctionalInterface
  interface SdkCall<T>
      extends BiFunction<Ec2AsyncClient, AwsRequestOverrideConfiguration, CompletableFuture<T>> {}

  /** Longest time for one call. */
  Duration timeout() {
    return timeout;
  }

  /** Calls with all the time there is for one call, and reads the answer. */
  <A, T> Uni<T> call(Ec2Action action, SdkCall<A> call, Function<A, T> reader) {
    return call(action, timeout, call, reader);
  }

  /**
   * Calls within a shorter time. Every failure is a {@link ComputeException}, one of the reader
   * included: an answer that cannot be read tells nothing.
   */
  <A, T> Uni<T> call(Ec2Action action, Duration within, SdkCall<A> call, Function<A, T> reader) {
    return Uni.createFrom().deferred(() -> timed(action, sent(action, within, call).map(reader)));
  }

  private <A> Uni<A> sent(Ec2Action action, Duration within, SdkCall<A> call) {
    return credentials
        .available()
        .chain(() -> Uni.createFrom().completionStage(call.apply(sdk.of(action), within(within))));
  }

  private <T> Uni<T> timed(Ec2Action action, Uni<T> answer) {
    Timer.Sample sample = Timer.start(metrics);
    Executor caller = callerContext();
    return answer
        .onFailure()
        .transform(failure -> Ec2Failures.of(action, failure))
        .onItemOrFailure()
        .invoke((item, failure) -> ended(action, sample, failure))
        .emitOn(caller);
  }

  private static AwsRequestOverrideConfiguration within(Duration time) {
    return AwsRequestOverrideConfiguration.builder().apiCallTimeout(time).build();
  }

  private void ended(Ec2Action action, Timer.Sample sample, @Nullable Throwable failure) {
    String result = failure instanceof ComputeException known ? known.code() : "ok";
    sample.stop(metrics.timer("valet.ec2.calls", "action", action.wire(), "result", result));
  }

  private static Executor callerContext() {
    Context context = Vertx.currentContext();
    return context == null ? Runnable::run : task -> context.runOnContext(ignored -> task.run());
  }
}
