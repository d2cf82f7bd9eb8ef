package dev.valet.local.ec2;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.valet.local.ec2.fleet.Catalogue;
import dev.valet.local.ec2.wire.Account;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.signer.AwsSignerExecutionAttribute;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;

/** A local EC2 in stepped time with machines on paper, and the ordinary SDK as its client. */
final class Cloud implements AutoCloseable {

  static final Account ACCOUNT =
      new Account("123456789012", "eu-central-1", "AKIALOCALTEST", "secret/of+the=test");

  final SteppedClock clock = new SteppedClock(Instant.now());
  final Path data;
  PaperRoom room = new PaperRoom();
  LocalEc2 ec2;
  Ec2Client sdk;

  Cloud(Path data) throws IOException {
    this.data = data;
    start();
  }

  private void start() throws IOException {
    ec2 = LocalEc2.start(LocalEc2Config.of(data, ACCOUNT, room).steppedBy(clock));
    sdk = client(ACCOUNT.accessKeyId(), ACCOUNT.secretAccessKey(), ACCOUNT.region());
  }

  /** Ends it and starts another one on the same data folder, with an empty machine room. */
  void restart() throws IOException {
    close();
    room = new PaperRoom();
    start();
  }

  Ec2Client client(String key, String secret, String region) {
    return Ec2Client.builder()
        .endpointOverride(ec2.endpoint())
        .region(Region.of(region))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret)))
        .overrideConfiguration(
            o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()).addExecutionInterceptor(time()))
        .build();
  }

  /** The SDK signs with the time of the test, wherever that has got to. */
  private ExecutionInterceptor time() {
    return new ExecutionInterceptor() {
      @Override
      public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        attributes.putAttributeIfAbsent(AwsSignerExecutionAttribute.SIGNING_CLOCK, clock);
      }
    };
  }

  void pass(Duration time) {
    clock.advance(time);
    ec2.step();
  }

  /** As long as any transition takes. */
  void settle() {
    pass(Duration.ofSeconds(1));
  }

  static RunInstancesRequest.Builder request() {
    return RunInstancesRequest.builder()
        .imageId(Catalogue.IMAGE)
        .instanceType("t3.large")
        .minCount(1)
        .maxCount(1)
        .subnetId(Catalogue.SUBNET_A);
  }

  RunInstancesResponse run(Consumer<RunInstancesRequest.Builder> change) {
    RunInstancesRequest.Builder request = request();
    change.accept(request);
    return sdk.runInstances(request.build());
  }

  /** One new instance, still pending. */
  String launch() {
    return run(request -> {}).instances().getFirst().instanceId();
  }

  String launchRunning() {
    String id = launch();
    settle();
    return id;
  }

  Instance describe(String id) {
    return sdk.describeInstances(r -> r.instanceIds(id))
        .reservations()
        .getFirst()
        .instances()
        .getFirst();
  }

  String state(String id) {
    return describe(id).state().nameAsString();
  }

  /** The error code that a call ends with. */
  static String code(ThrowingCallable call) {
    return refusal(call).awsErrorDetails().errorCode();
  }

  static Ec2Exception refusal(ThrowingCallable call) {
    Ec2Exception refused = catchThrowableOfType(Ec2Exception.class, call);
    if (refused == null) {
      throw new AssertionError("The call was not refused");
    }
    return refused;
  }

  @Override
  public void close() throws IOException {
    sdk.close();
    ec2.close();
  }
}
