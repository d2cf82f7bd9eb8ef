package dev.valet.api.compute.ec2;

import dev.valet.api.compute.ComputeConfig;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.ec2.Ec2AsyncClient;
import software.amazon.awssdk.services.ec2.Ec2AsyncClientBuilder;

/**
 * The SDK's clients: one for each way of repeating, as the SDK knows that only per client; they
 * share their connections. They have no threads of their own: connections, timers and the
 * completion of calls are on Vert.x' event loops.
 */
final class Ec2Sdk implements AutoCloseable {
  /** Shorter than EC2 and what stands before it keep an idle connection. */
  private static final Duration LONGEST_IDLE = Duration.ofSeconds(10);

  private final SdkAsyncHttpClient connections;
  private final Ec2AsyncClient repeating;
  private final Ec2AsyncClient cautious;

  Ec2Sdk(Vertx vertx, ComputeConfig.Ec2 config, AwsCredentialsProvider credentials) {
    // The only way to the event loops that Vert.x has.
    EventLoopGroup loops = ((VertxInternal) vertx).getEventLoopGroup();
    this.connections =
        NettyNioAsyncHttpClient.builder()
            .eventLoopGroup(SdkEventLoopGroup.create(loops, NioSocketChannel::new))
            .connectionMaxIdleTime(LONGEST_IDLE)
            .build();
    Ec2Retries retries = new Ec2Retries(config.timeout());
    this.repeating = client(config, credentials, loops, retries.always());
    this.cautious = client(config, credentials, loops, retries.onlyIfNothingWasDone());
  }

  private Ec2AsyncClient client(
      ComputeConfig.Ec2 config,
      AwsCredentialsProvider credentials,
      EventLoopGroup loops,
      RetryStrategy retries) {
    Ec2AsyncClientBuilder builder =
        Ec2AsyncClient.builder()
            .region(Region.of(config.region()))
            .credentialsProvider(credentials)
            .httpClient(connections)
            .asyncConfiguration(async ->
                async.advancedOption(
                    SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, Runnable::run))
            .overrideConfiguration(override ->
                override
                    .scheduledExecutorService(loops)
                    .retryStrategy(retries)
                    .apiCallTimeout(config.timeout()));
    config.endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  /** The client for an action. */
  Ec2AsyncClient of(Ec2Action action) {
    return switch (action.repeat()) {
      case ALWAYS -> repeating;
      case ONLY_IF_NOTHING_WAS_DONE -> cautious;
    };
  }

  @Override
  public void close() {
    repeating.close();
    cautious.close();
    connections.close();
  }
}
