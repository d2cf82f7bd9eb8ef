package dev.valet.api.compute.ec2;

import static dev.valet.api.compute.ec2.Adapter.await;
import static dev.valet.api.compute.ec2.Adapter.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.compute.ActionResult;
import dev.valet.api.compute.ComputeError;
import dev.valet.api.compute.ComputeException;
import dev.valet.api.compute.Instance;
import dev.valet.api.compute.LaunchRequest;
import dev.valet.api.compute.Ownership;
import dev.valet.api.compute.Tags;
import dev.valet.api.platform.time.Ids;
import dev.valet.common.sandbox.Ec2Status;
import dev.valet.local.ec2.LocalEc2;
import dev.valet.local.ec2.LocalEc2Config;
import dev.valet.local.ec2.chaos.Holds;
import dev.valet.local.ec2.fleet.Catalogue;
import dev.valet.local.ec2.fleet.Timings;
import dev.valet.local.ec2.wire.Account;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the port promises, against an EC2 that is not ours to script. */
class Ec2AdapterContractIT {
  private static final Account ACCOUNT =
      new Account("000000000000", "us-east-1", "AKIALOCAL", "local/secret+key");
  private static final String NOBODY = "i-00000000000000000";
  private static final Ids IDS = new Ids(Clock.systemUTC());
  private static final Ownership OWNERSHIP = new Ownership(label -> new byte[32]);

  @TempDir private static Path data;
  private static LocalEc2 cloud;
  private static Adapter adapter;

  @BeforeAll
  static void start() throws IOException {
    cloud =
        LocalEc2.start(
            LocalEc2Config.of(data, ACCOUNT, new EmptyRoom())
                .withTimings(Timings.DEFAULT.withTransitions(Duration.ZERO))
                .steppedBy(Clock.systemUTC()));
    adapter = adapter(Adapter.TIMEOUT, ACCOUNT.secretAccessKey());
  }

  @AfterAll
  static void stop() throws IOException {
    adapter.close();
    cloud.close();
  }

  @Test
  void aLaunchedInstanceIsOursTaggedAndRunsAfterAWhile() {
    String attempt = IDS.ulid();
    Instance launched = launch(request(attempt));
    assertThat(launched.status()).isEqualTo(Ec2Status.PENDING);

    cloud.step();

    Instance seen = only(adapter.ec2.findByLaunch(attempt));
    assertThat(seen.instanceId()).isEqualTo(launched.instanceId());
    assertThat(seen.status()).isEqualTo(Ec2Status.RUNNING);
    assertThat(seen.instanceType()).isEqualTo("t3.large");
    assertThat(seen.zone()).isEqualTo("us-east-1a");
    assertThat(seen.privateIp()).startsWith("127.");
    assertThat(seen.publicIp()).isNull();
    assertThat(seen.launchedAt()).isNotNull();
    assertThat(OWNERSHIP.attemptOf(seen.clientToken())).contains(attempt);
    assertThat(seen.tags())
        .containsEntry(Tags.INSTALLATION, Adapter.INSTALLATION.toString())
        .containsEntry(Tags.LAUNCH, attempt);
  }

  @Test
  void theSameLaunchAgainIsTheSameInstance() {
    LaunchRequest request = request(IDS.ulid());
    assertThat(launch(request).instanceId()).isEqualTo(launch(request).instanceId());
    assertThat(only(adapter.ec2.findByLaunch(attemptOf(request)))).isNotNull();
  }

  @Test
  void anAnswerLostOnTheWayIsUnknownAndTheReplayFindsTheOneInstance() {
    LaunchRequest request = request(IDS.ulid());
    cloud.chaos().hold("RunInstances", Holds.Moment.AFTER);
    try (Adapter impatient = adapter(Adapter.SHORT_TIMEOUT, ACCOUNT.secretAccessKey())) {
      await(impatient.ec2.listInstallation()); // Everything is loaded; the wait is EC2's.
      assertThat(failureOf(impatient.ec2.launch(request)).error()).isEqualTo(ComputeError.UNKNOWN);
    } finally {
      cloud.chaos().release();
    }
    assertThat(await(adapter.ec2.findByLaunch(attemptOf(request)))).hasSize(1);

    Instance found = launch(request);
    assertThat(only(adapter.ec2.findByLaunch(attemptOf(request))).instanceId())
        .isEqualTo(found.instanceId());
  }

  @Test
  void aTokenWithOtherParametersIsAConflict() {
    LaunchRequest request = request(IDS.ulid());
    launch(request);
    assertThat(
            failureOf(adapter.ec2.launch(with(request, "t3.medium", Catalogue.SUBNET_A))).error())
        .isEqualTo(ComputeError.TOKEN_MISMATCH);
  }

  @Test
  void aTokenWhoseInstanceIsGoneSaysSo() {
    LaunchRequest request = request(IDS.ulid());
    String id = launch(request).instanceId();
    cloud.step();
    await(adapter.ec2.terminate(List.of(id)));
    cloud.step();
    assertThat(failureOf(adapter.ec2.launch(request)).error())
        .isEqualTo(ComputeError.TOKEN_TERMINATED);
  }

  @Test
  void anUnknownSubnetTypeOrImageMakesTheRequestWrong() {
    LaunchRequest request = request(IDS.ulid());
    assertThat(failureOf(adapter.ec2.launch(with(request, "t3.large", "subnet-00000000"))).error())
        .isEqualTo(ComputeError.INVALID);
    assertThat(failureOf(adapter.ec2.launch(with(request, "x9.huge", Catalogue.SUBNET_A))).error())
        .isEqualTo(ComputeError.INVALID);
    assertThat(await(adapter.ec2.findByLaunch(attemptOf(request)))).isEmpty();
  }

  @Test
  void userDataThatIsTooLongMakesTheRequestWrong() {
    String attempt = IDS.ulid();
    LaunchRequest request = request(attempt, "#".repeat(16_385));
    ComputeException failure = failureOf(adapter.ec2.launch(request));
    assertThat(failure.error()).isEqualTo(ComputeError.INVALID);
    assertThat(failure).hasMessageContaining("16384");
  }

  @Test
  void aFullSubnetHasNoCapacity() {
    ComputeException full = null;
    for (int i = 0; i < 80 && full == null; i++) {
      LaunchRequest request = with(request(IDS.ulid()), "t3.large", Catalogue.SUBNET_C);
      full =
          await(
              adapter
                  .ec2
                  .launch(request)
                  .<ComputeException>map(instance -> null)
                  .onFailure(ComputeException.class)
                  .recoverWithItem(failure -> (ComputeException) failure));
    }
    assertThat(full).isNotNull();
    assertThat(full.error()).isEqualTo(ComputeError.NO_CAPACITY);
  }

  @Test
  void anInstanceGoesThroughStopStartRebootAndTermination() {
    String id = launch(request(IDS.ulid())).instanceId();
    cloud.step();
    assertAccepted(adapter.ec2.reboot(List.of(id)), id);
    assertAccepted(adapter.ec2.stop(List.of(id), false), id);
    cloud.step();
    assertThat(status(id)).isEqualTo(Ec2Status.STOPPED);
    assertAccepted(adapter.ec2.stop(List.of(id), true), id);
    assertAccepted(adapter.ec2.start(List.of(id)), id);
    cloud.step();
    assertThat(status(id)).isEqualTo(Ec2Status.RUNNING);
    assertAccepted(adapter.ec2.terminate(List.of(id)), id);
    assertAccepted(adapter.ec2.terminate(List.of(id)), id);
    cloud.step();
    assertThat(status(id)).isEqualTo(Ec2Status.TERMINATED);
    assertThat(errorOf(await(adapter.ec2.start(List.of(id))), id))
        .isEqualTo(ComputeError.INCORRECT_STATE);
  }

  @Test
  void oneUnknownIdKeepsNothingFromTheOthers() {
    List<String> ids =
        List.of(
            launch(request(IDS.ulid())).instanceId(),
            NOBODY,
            launch(request(IDS.ulid())).instanceId(),
            launch(request(IDS.ulid())).instanceId());
    cloud.step();

    Map<String, ActionResult> results = await(adapter.ec2.terminate(ids));

    assertThat(results.keySet()).containsExactlyElementsOf(ids);
    assertThat(errorOf(results, NOBODY)).isEqualTo(ComputeError.NOT_FOUND);
    assertThat(results.values().stream().filter(ActionResult.Accepted.class::isInstance))
        .hasSize(3);
    assertThat(await(adapter.ec2.describe(ids))).extracting(Instance::instanceId).hasSize(3);
  }

  @Test
  void theListingHasThisInstallationsInstancesAndNoOthers() {
    String mine = launch(request(IDS.ulid())).instanceId();
    LaunchRequest foreign = tagged(request(IDS.ulid()), UUID.randomUUID());
    String theirs = launch(foreign).instanceId();
    assertThat(await(adapter.ec2.listInstallation()))
        .extracting(Instance::instanceId)
        .contains(mine)
        .doesNotContain(theirs);
  }

  @Test
  void wrongKeysAreRefusedAsSuch() {
    try (Adapter wrong = adapter(Adapter.TIMEOUT, "another secret")) {
      assertThat(failureOf(wrong.ec2.listInstallation()).error())
          .isEqualTo(ComputeError.UNAUTHORIZED);
    }
  }

  private static Adapter adapter(Duration timeout, String secret) {
    return new Adapter(cloud.endpoint(), timeout, Adapter.fixed(ACCOUNT.accessKeyId(), secret));
  }

  private static Instance launch(LaunchRequest request) {
    return await(adapter.ec2.launch(request));
  }

  private static LaunchRequest request(String attempt) {
    return request(attempt, "#cloud-config\n");
  }

  private static LaunchRequest request(String attempt, String userData) {
    return new LaunchRequest(
        OWNERSHIP.clientToken(attempt),
        Catalogue.IMAGE,
        "t3.large",
        Catalogue.SUBNET_A,
        List.of(Catalogue.SECURITY_GROUP),
        false,
        20,
        "gp3",
        userData,
        Map.of(Tags.INSTALLATION, Adapter.INSTALLATION.toString(), Tags.LAUNCH, attempt));
  }

  private static LaunchRequest with(LaunchRequest request, String type, String subnet) {
    return new LaunchRequest(
        request.clientToken(),
        request.imageId(),
        type,
        subnet,
        request.securityGroupIds(),
        request.publicIp(),
        request.volumeGib(),
        request.volumeType(),
        request.userData(),
        request.tags());
  }

  private static LaunchRequest tagged(LaunchRequest request, UUID installation) {
    return new LaunchRequest(
        request.clientToken(),
        request.imageId(),
        request.instanceType(),
        request.subnetId(),
        request.securityGroupIds(),
        request.publicIp(),
        request.volumeGib(),
        request.volumeType(),
        request.userData(),
        Map.of(Tags.INSTALLATION, installation.toString()));
  }

  private static String attemptOf(LaunchRequest request) {
    return request.tags().get(Tags.LAUNCH);
  }

  private static Ec2Status status(String id) {
    return only(adapter.ec2.describe(List.of(id))).status();
  }

  private static Instance only(Uni<List<Instance>> found) {
    List<Instance> instances = await(found);
    assertThat(instances).hasSize(1);
    return instances.getFirst();
  }

  private static void assertAccepted(Uni<Map<String, ActionResult>> action, String id) {
    Map<String, ActionResult> results = await(action);
    assertThat(results).containsOnlyKeys(id);
    assertThat(results.get(id)).isInstanceOf(ActionResult.Accepted.class);
  }

  private static ComputeError errorOf(Map<String, ActionResult> results, String id) {
    return ((ActionResult.Failed) results.get(id)).cause().error();
  }
}
