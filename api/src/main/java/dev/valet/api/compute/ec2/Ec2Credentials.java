package dev.valet.api.compute.ec2;

import dev.valet.api.compute.ComputeError;
import dev.valet.api.compute.ComputeException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * The latest AWS credentials, at hand without waiting. The SDK's chain ends in blocking calls
 * (IMDS, a container's credential service), and the SDK would make them on the event loop; so a
 * worker thread asks the chain at start and every minute, and calls use what it found last. The
 * chain itself caches, and renews credentials minutes before they expire.
 */
final class Ec2Credentials implements AwsCredentialsProvider {
  static final long REFRESH_MILLIS = 60_000;
  private static final int LONGEST_PROBLEM = 300;
  private static final Logger LOG = Logger.getLogger(Ec2Credentials.class);

  private final Vertx vertx;
  private final Supplier<AwsCredentialsProvider> chainSource;
  private final CompletableFuture<Void> firstAnswer = new CompletableFuture<>();
  private @Nullable AwsCredentialsProvider chain;
  private volatile @Nullable AwsCredentials latest;
  private volatile String problem = "not asked for yet";
  private long timer;

  /**
   * Credentials of a chain.
   *
   * @param chainSource makes the chain; called on a worker thread, as it reads files
   */
  Ec2Credentials(Vertx vertx, Supplier<AwsCredentialsProvider> chainSource) {
    this.vertx = vertx;
    this.chainSource = chainSource;
  }

  void start() {
    refresh();
    timer = vertx.setPeriodic(REFRESH_MILLIS, ignored -> refresh());
  }

  void stop() {
    vertx.cancelTimer(timer);
  }

  /**
   * Waits for the chain's first answer; fails, before anything is sent, if there are none. Everyone
   * waits on a copy, as whoever stops waiting cancels what he waits for.
   */
  Uni<Void> available() {
    return latest != null
        ? Uni.createFrom().voidItem()
        : Uni.createFrom().completionStage(firstAnswer::copy).invoke(ignored -> required());
  }

  @Override
  public AwsCredentials resolveCredentials() {
    return required();
  }

  private AwsCredentials required() {
    AwsCredentials credentials = latest;
    if (credentials == null) {
      throw new ComputeException(
          ComputeError.UNAUTHORIZED,
          "NoCredentials",
          "there are no AWS credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give"
              + " this machine or pod a role ("
              + problem
              + ")",
          null);
    }
    return credentials;
  }

  /** Ordered, so that two refreshes never run at the same time. */
  private void refresh() {
    Callable<Void> ask =
        () -> {
          ask();
          return null;
        };
    vertx.executeBlocking(ask, true).onComplete(done -> firstAnswer.complete(null));
  }

  /** The chain appends what each of its members has to say. */
  private static String shortened(String message) {
    return message.length() <= LONGEST_PROBLEM
        ? message
        : message.substring(0, LONGEST_PROBLEM) + "...";
  }

  private void ask() {
    try {
      AwsCredentialsProvider source = chain == null ? chainSource.get() : chain;
      chain = source;
      latest = source.resolveCredentials();
    } catch (RuntimeException e) {
      problem = shortened(String.valueOf(e.getMessage()));
      LOG.warnf(
          "AWS credentials could not be %s; trying again within a minute: %s",
          latest == null ? "found" : "renewed", problem);
    }
  }
}
