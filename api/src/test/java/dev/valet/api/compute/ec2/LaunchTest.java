package dev.valet.api.compute.ec2;

import static dev.valet.api.compute.ec2.Adapter.await;
import static dev.valet.api.compute.ec2.Adapter.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.valet.api.compute.ComputeError;
import dev.valet.api.compute.ComputeException;
import dev.valet.api.compute.Instance;
import dev.valet.api.compute.LaunchRequest;
import dev.valet.api.compute.ec2.Ec2Stub.Answer;
import dev.valet.api.compute.ec2.Ec2Stub.Call;
import dev.valet.common.sandbox.Ec2Status;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchTest {
  private static final LaunchRequest REQUEST = Adapter.launch("TOKEN");
  private static Ec2Stub stub;
  private static Adapter adapter;

  @BeforeAll
  static void start() throws IOException {
    stub = new Ec2Stub();
    adapter = new Adapter(stub.endpoint());
  }

  @AfterAll
  static void stop() {
    adapter.close();
    stub.close();
  }

  @Test
  void aLaunchAsksForExactlyOneInstanceInTheSafeForm() {
    answersRun(run -> Answer.ok("RunInstances", Ec2Xml.launched("i-1")));

    Instance instance = await(adapter.ec2.launch(REQUEST));

    assertThat(instance.instanceId()).isEqualTo("i-1");
    assertThat(instance.status()).isEqualTo(Ec2Status.PENDING);
    assertThat(runs().getFirst().parameters())
        .contains(
            entry("ClientToken", "TOKEN"),
            entry("MinCount", "1"),
            entry("MaxCount", "1"),
            entry("ImageId", "ami-1"),
            entry("InstanceType", "t3.large"),
            entry("InstanceInitiatedShutdownBehavior", "stop"),
            entry("MetadataOptions.HttpTokens", "required"),
            entry("MetadataOptions.HttpPutResponseHopLimit", "1"),
            entry("NetworkInterface.1.DeviceIndex", "0"),
            entry("NetworkInterface.1.SubnetId", "subnet-1"),
            entry("NetworkInterface.1.SecurityGroupId.1", "sg-1"),
            entry("NetworkInterface.1.SecurityGroupId.2", "sg-2"),
            entry("NetworkInterface.1.AssociatePublicIpAddress", "false"),
            entry("BlockDeviceMapping.1.DeviceName", "/dev/xvda"),
            entry("BlockDeviceMapping.1.Ebs.VolumeSize", "30"),
            entry("BlockDeviceMapping.1.Ebs.VolumeType", "gp3"),
            entry("BlockDeviceMapping.1.Ebs.Encrypted", "true"),
            entry("BlockDeviceMapping.1.Ebs.DeleteOnTermination", "true"),
            entry("TagSpecification.1.ResourceType", "instance"),
            entry("TagSpecification.1.Tag.1.Key", "Name"),
            entry("TagSpecification.1.Tag.1.Value", "one"),
            entry("TagSpecification.1.Tag.2.Key", "valet:launch"),
            entry("TagSpecification.2.ResourceType", "volume"),
            entry("TagSpecification.2.Tag.2.Value", "A"))
        .doesNotContainKeys("SubnetId", "SecurityGroupId.1");
    String userData = runs().getFirst().get("UserData");
    assertThat(new String(Base64.getDecoder().decode(userData), StandardCharsets.UTF_8))
        .isEqualTo("#cloud-config\n");
  }

  @Test
  void theNextLaunchFromAnImageDoesNotLookItUpAgain() {
    answersRun(run -> Answer.ok("RunInstances", Ec2Xml.launched("i-1")));
    await(adapter.ec2.launch(REQUEST));
    stub.answers(call -> Answer.ok("RunInstances", Ec2Xml.launched("i-2")));

    assertThat(await(adapter.ec2.launch(REQUEST)).instanceId()).isEqualTo("i-2");
    assertThat(stub.calls("DescribeImages")).isEmpty();
  }

  @Test
  void aThrottledLaunchIsRepeatedWithTheSameToken() {
    answersRun(run ->
        runs().size() < 3
            ? Answer.error(503, "RequestLimitExceeded", "slow down")
            : Answer.ok("RunInstances", Ec2Xml.launched("i-1")));

    assertThat(await(adapter.ec2.launch(REQUEST)).instanceId()).isEqualTo("i-1");
    assertThat(runs())
        .hasSize(3)
        .allSatisfy(run -> assertThat(run.get("ClientToken")).isEqualTo("TOKEN"));
    assertThat(runs()).extracting(Call::parameters).containsOnly(runs().getFirst().parameters());
  }

  @Test
  void throttlingThatDoesNotEndIsReportedWithinTheCallsTime() {
    answersRun(run -> Answer.error(503, "RequestLimitExceeded", "slow down"));
    assertThat(failureOf(adapter.ec2.launch(REQUEST)).error()).isEqualTo(ComputeError.THROTTLED);
    assertThat(runs()).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({
    "500, InsufficientInstanceCapacity, NO_CAPACITY",
    "500, InternalError, UNKNOWN",
    "503, Unavailable, UNKNOWN",
    "400, IdempotentInstanceTerminated, TOKEN_TERMINATED",
    "400, VcpuLimitExceeded, QUOTA",
    "400, InvalidSubnetID.NotFound, INVALID",
    "401, AuthFailure, UNAUTHORIZED"
  })
  void anyOtherRefusalIsReportedAtOnceAndNotRepeated(int status, String code, ComputeError error) {
    answersRun(run -> Answer.error(status, code, "the message"));

    ComputeException failure = failureOf(adapter.ec2.launch(REQUEST));

    assertThat(failure.error()).isEqualTo(error);
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure).hasMessageContaining("the message").hasMessageContaining("r-1");
    assertThat(runs()).hasSize(1);
  }

  @Test
  void aConnectionLostAfterTheLaunchLeavesItOpenAndTheReplayFindsTheInstance() {
    Map<String, String> launched = new HashMap<>();
    answersRun(run -> {
      boolean first = launched.putIfAbsent(run.get("ClientToken"), "i-7") == null;
      return first ? Answer.HANG_UP : Answer.ok("RunInstances", Ec2Xml.launched("i-7"));
    });

    ComputeException failure = failureOf(adapter.ec2.launch(REQUEST));
    assertThat(failure.error()).isEqualTo(ComputeError.UNKNOWN);
    assertThat(failure.code()).isEqualTo("connection");
    assertThat(runs()).hasSize(1);

    assertThat(await(adapter.ec2.launch(REQUEST)).instanceId()).isEqualTo("i-7");
    assertThat(runs()).extracting(Call::parameters).containsOnly(runs().getFirst().parameters());
    assertThat(launched).hasSize(1);
  }

  @Test
  void anEndpointThatNeverAnswersEndsInATimeoutThatProvesNothing() {
    answersRun(run -> Answer.SILENCE);
    try (Adapter impatient = Adapter.impatient(stub.endpoint())) {
      ComputeException failure = failureOf(impatient.ec2.launch(REQUEST));
      assertThat(failure.error()).isEqualTo(ComputeError.UNKNOWN);
      assertThat(failure.code()).isEqualTo("timeout");
    }
  }

  @ParameterizedTest
  @CsvSource(value = {"i-1 i-2", "''"})
  void anAnswerWithMoreOrLessThanOneInstanceProvesNothing(String ids) {
    String[] launched = ids.isEmpty() ? new String[0] : ids.split(" ");
    answersRun(run -> Answer.ok("RunInstances", Ec2Xml.launched(launched)));
    ComputeException failure = failureOf(adapter.ec2.launch(REQUEST));
    assertThat(failure.error()).isEqualTo(ComputeError.UNKNOWN);
    assertThat(failure).hasMessageContaining(launched.length + " instances instead of one");
  }

  @Test
  void anAnswerThatIsNoXmlProvesNothing() {
    answersRun(run -> new Answer(200, "<html>proxy</oops"));
    assertThat(failureOf(adapter.ec2.launch(REQUEST)).error()).isEqualTo(ComputeError.UNKNOWN);
  }

  @Test
  void anImageThatEc2DoesNotKnowMakesTheRequestWrong() {
    stub.answers(call -> Answer.ok("DescribeImages", "<imagesSet/>"));
    LaunchRequest unknown =
        new LaunchRequest(
            "T",
            "ami-gone",
            "t3.large",
            "s",
            REQUEST.securityGroupIds(),
            false,
            8,
            "gp3",
            "",
            Map.of());
    assertThat(failureOf(adapter.ec2.launch(unknown)).error()).isEqualTo(ComputeError.INVALID);
    assertThat(runs()).isEmpty();
  }

  @Test
  void theResultComesBackOnTheCallersContext() throws Exception {
    answersRun(run -> Answer.ok("RunInstances", Ec2Xml.launched("i-1")));
    Context context = adapter.vertx.getOrCreateContext();
    CompletableFuture<Context> seen = new CompletableFuture<>();
    context.runOnContext(ignored ->
        adapter
            .ec2
            .launch(REQUEST)
            .subscribe()
            .with(item -> seen.complete(Vertx.currentContext()), seen::completeExceptionally));
    assertThat(seen.get(10, TimeUnit.SECONDS)).isSameAs(context);
  }

  @Test
  void aRequestInALogDoesNotShowItsUserData() {
    assertThat(REQUEST.toString()).contains("t3.large").doesNotContain("cloud-config");
  }

  @Test
  void callsAreCountedByActionAndResult() {
    answersRun(run -> Answer.error(400, "VcpuLimitExceeded", "full"));
    failureOf(adapter.ec2.launch(REQUEST));
    assertThat(
            adapter
                .metrics
                .get("valet.ec2.calls")
                .tags("action", "RunInstances", "result", "VcpuLimitExceeded")
                .timer()
                .count())
        .isPositive();
  }

  private static void answersRun(Function<Call, Answer> run) {
    stub.answers(call ->
        call.action().equals("DescribeImages")
            ? Answer.ok("DescribeImages", Ec2Xml.IMAGE)
            : run.apply(call));
  }

  private static List<Call> runs() {
    return stub.calls("RunInstances");
  }
}
