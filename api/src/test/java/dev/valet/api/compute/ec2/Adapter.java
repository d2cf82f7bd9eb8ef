package dev.valet.api.compute.ec2;

import dev.valet.api.compute.ComputeConfig;
import dev.valet.api.compute.ComputeException;
import dev.valet.api.compute.LaunchRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The whole adapter, as the API has it, against some endpoint. */
final class Adapter implements AutoCloseable {
  static final UUID INSTALLATION = UUID.fromString("0198f0a0-0000-7000-8000-000000000001");
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** For tests that wait for it to pass. */
  static final Duration SHORT_TIMEOUT = Duration.ofSeconds(2);

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  final Vertx vertx = Vertx.vertx();
  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  final Ec2ComputeProvider ec2;
  final Ec2Catalogue catalogue;
  private final Ec2Credentials credentials;
  private final Ec2Sdk sdk;

  private record Config(String region, String account, Optional<URI> endpoint, Duration timeout)
      implements ComputeConfig.Ec2 {}

  Adapter(URI endpoint) {
    this(endpoint, TIMEOUT, fixed("AKIDEXAMPLE", "secret"));
  }

  Adapter(URI endpoint, Duration timeout, Supplier<AwsCredentialsProvider> chain) {
    Config config = new Config("us-east-1", "000000000000", Optional.of(endpoint), timeout);
    credentials = new Ec2Credentials(vertx, chain);
    sdk = new Ec2Sdk(vertx, config, credentials);
    Ec2Calls calls = new Ec2Calls(sdk, credentials, timeout, metrics);
    ec2 = new Ec2ComputeProvider(calls, INSTALLATION);
    catalogue = new Ec2Catalogue(calls);
    credentials.start();
  }

  static Supplier<AwsCredentialsProvider> fixed(String id, String secret) {
    return () -> StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret));
  }

  /** One that soon gives up waiting for an answer. */
  static Adapter impatient(URI endpoint) {
    return new Adapter(endpoint, SHORT_TIMEOUT, fixed("AKIDEXAMPLE", "secret"));
  }

  static LaunchRequest launch(String clientToken) {
    return new LaunchRequest(
        clientToken,
        "ami-1",
        "t3.large",
        "subnet-1",
        List.of("sg-1", "sg-2"),
        false,
        30,
        "gp3",
        "#cloud-config\n",
        Map.of("Name", "one", "valet:launch", "A"));
  }

  static <T> T await(Uni<T> uni) {
    return uni.await().atMost(PATIENCE);
  }

  static ComputeException failureOf(Uni<?> uni) {
    try {
      Object item = await(uni);
      throw new AssertionError("succeeded with " + item);
    } catch (ComputeException e) {
      return e;
    } catch (CompletionException e) {
      return (ComputeException) e.getCause();
    }
  }

  @Override
  public void close() {
    credentials.stop();
    sdk.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
