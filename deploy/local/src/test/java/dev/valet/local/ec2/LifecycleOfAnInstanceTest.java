package dev.valet.local.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateChange;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** What the SDK sees of instances that come, stop, start and go. */
class LifecycleOfAnInstanceTest {

  @TempDir Path data;
  Cloud cloud;

  @BeforeEach
  void begin() throws Exception {
    cloud = new Cloud(data);
  }

  @AfterEach
  void end() throws Exception {
    cloud.close();
  }

  @Test
  void aNewInstanceIsPendingFirstAndRunningLater() {
    Instance launched = cloud.run(r -> {}).instances().getFirst();

    assertThat(launched.state().name()).isEqualTo(InstanceStateName.PENDING);
    assertThat(launched.state().code()).isZero();
    assertThat(launched.stateReason().code()).isEqualTo("pending");
    assertThat(cloud.room.on).isEmpty();

    cloud.settle();

    assertThat(cloud.state(launched.instanceId())).isEqualTo("running");
    assertThat(cloud.room.on).containsOnlyKeys(launched.instanceId());
  }

  @Test
  void aMachineThatSwitchesItselfOffStopsOrEndsAsItWasLaunched() {
    String stops = cloud.launchRunning();
    String ends =
        cloud
            .run(r -> r.instanceInitiatedShutdownBehavior("terminate"))
            .instances()
            .getFirst()
            .instanceId();
    cloud.settle();

    cloud.room.switchOff(stops);
    cloud.room.switchOff(ends);
    cloud.settle();
    cloud.settle();

    assertThat(cloud.state(stops)).isEqualTo("stopped");
    assertThat(cloud.state(ends)).isEqualTo("terminated");
    cloud.sdk.startInstances(r -> r.instanceIds(stops));
    cloud.settle();
    assertThat(cloud.room.on).containsOnlyKeys(stops);
  }

  @Test
  void stopAndStartKeepIdAddressAndVolume() {
    String id = cloud.launchRunning();
    Instance before = cloud.describe(id);

    InstanceStateChange stop =
        cloud.sdk.stopInstances(r -> r.instanceIds(id)).stoppingInstances().getFirst();
    assertThat(stop.previousState().name()).isEqualTo(InstanceStateName.RUNNING);
    assertThat(stop.currentState().name()).isEqualTo(InstanceStateName.STOPPING);
    cloud.settle();
    assertThat(cloud.state(id)).isEqualTo("stopped");
    assertThat(cloud.room.on).isEmpty();

    cloud.sdk.startInstances(r -> r.instanceIds(id));
    assertThat(cloud.state(id)).isEqualTo("pending");
    cloud.settle();

    Instance after = cloud.describe(id);
    assertThat(after.state().name()).isEqualTo(InstanceStateName.RUNNING);
    assertThat(after.privateIpAddress()).isEqualTo(before.privateIpAddress());
    assertThat(after.blockDeviceMappings()).isEqualTo(before.blockDeviceMappings());
  }

  @Test
  void launchTimeMovesWithARestartAndTheAttachTimeDoesNot() {
    String id = cloud.launchRunning();
    Instance before = cloud.describe(id);
    cloud.sdk.stopInstances(r -> r.instanceIds(id));
    cloud.pass(Duration.ofMinutes(5));
    cloud.sdk.startInstances(r -> r.instanceIds(id));

    Instance after = cloud.describe(id);

    assertThat(after.launchTime()).isEqualTo(millis(cloud.clock.instant()));
    assertThat(after.launchTime()).isAfter(before.launchTime());
    assertThat(after.networkInterfaces().getFirst().attachment().attachTime())
        .isEqualTo(before.launchTime());
  }

  private static Instant millis(Instant instant) {
    return Instant.ofEpochMilli(instant.toEpochMilli());
  }

  @Test
  void aStoppedInstanceSaysWhoStoppedIt() {
    String id = cloud.launchRunning();
    cloud.sdk.stopInstances(r -> r.instanceIds(id).force(true));
    cloud.settle();

    Instance stopped = cloud.describe(id);

    assertThat(stopped.stateTransitionReason())
        .matches("User initiated \\(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d GMT\\)");
    assertThat(stopped.stateReason().code()).isEqualTo("Client.UserInitiatedShutdown");
  }

  @Test
  void aTerminatedInstanceLosesNetworkAndVolumesAndVanishesAfterAnHour() {
    String id = cloud.launchRunning();
    cloud.sdk.terminateInstances(r -> r.instanceIds(id));
    assertThat(cloud.state(id)).isEqualTo("shutting-down");
    cloud.settle();

    Instance gone = cloud.describe(id);
    assertThat(gone.state().name()).isEqualTo(InstanceStateName.TERMINATED);
    assertThat(gone.subnetId()).isNull();
    assertThat(gone.vpcId()).isNull();
    assertThat(gone.privateIpAddress()).isNull();
    assertThat(gone.clientToken()).isNotEmpty();
    assertThat(gone.metadataOptions().stateAsString()).isEqualTo("pending");
    assertThat(cloud.room.log)
        .containsSubsequence("shutDown " + id, "powerOff " + id, "discard " + id);

    cloud.pass(Duration.ofMinutes(59));
    assertThat(cloud.state(id)).isEqualTo("terminated");
    cloud.pass(Duration.ofMinutes(2));
    assertThat(Cloud.code(() -> cloud.describe(id))).isEqualTo("InvalidInstanceID.NotFound");
    assertThat(cloud.room.log).contains("forget " + id);
  }

  @Test
  void terminatingTwiceIsFine() {
    String id = cloud.launchRunning();
    cloud.sdk.terminateInstances(r -> r.instanceIds(id));
    cloud.settle();

    InstanceStateChange again =
        cloud.sdk.terminateInstances(r -> r.instanceIds(id)).terminatingInstances().getFirst();

    assertThat(again.previousState().name()).isEqualTo(InstanceStateName.TERMINATED);
    assertThat(again.currentState().name()).isEqualTo(InstanceStateName.TERMINATED);
  }

  @Test
  void anInstanceTerminatedWhilePendingNeverBoots() {
    String id = cloud.launch();
    cloud.sdk.terminateInstances(r -> r.instanceIds(id));
    cloud.settle();

    assertThat(cloud.state(id)).isEqualTo("terminated");
    assertThat(cloud.room.log).doesNotContain("boot " + id);
  }

  @Test
  void oneUnknownIdLeavesAllOthersUntouched() {
    String id = cloud.launchRunning();

    for (String unknown : List.of("i-0123456789abcdef0")) {
      assertThat(Cloud.code(() -> cloud.sdk.stopInstances(r -> r.instanceIds(id, unknown))))
          .isEqualTo("InvalidInstanceID.NotFound");
      assertThat(Cloud.code(() -> cloud.sdk.terminateInstances(r -> r.instanceIds(id, unknown))))
          .isEqualTo("InvalidInstanceID.NotFound");
    }

    assertThat(cloud.state(id)).isEqualTo("running");
  }

  @Test
  void oneInstanceInTheWrongStateLeavesAllOthersUntouched() {
    String stopped = cloud.launchRunning();
    cloud.sdk.stopInstances(r -> r.instanceIds(stopped));
    cloud.settle();
    String terminated = cloud.launchRunning();
    cloud.sdk.terminateInstances(r -> r.instanceIds(terminated));

    assertThat(Cloud.code(() -> cloud.sdk.startInstances(r -> r.instanceIds(stopped, terminated))))
        .isEqualTo("IncorrectInstanceState");

    assertThat(cloud.state(stopped)).isEqualTo("stopped");
  }

  @Test
  void aMachineThatDoesNotGoOffKeepsNoOtherWaiting() {
    String stuck = cloud.launchRunning();
    String other = cloud.launchRunning();
    cloud.room.stuck.add(stuck);
    cloud.sdk.stopInstances(r -> r.instanceIds(stuck, other));
    cloud.settle();
    assertThat(cloud.state(stuck)).isEqualTo("stopping");
    assertThat(cloud.state(other)).isEqualTo("stopped");

    cloud.room.stuck.clear();
    cloud.ec2.step();

    assertThat(cloud.state(stuck)).isEqualTo("stopped");
  }

  @Test
  void rebootSwitchesTheMachineOffAndOnAndChangesNoState() {
    String id = cloud.launchRunning();
    Instance before = cloud.describe(id);

    cloud.sdk.rebootInstances(r -> r.instanceIds(id));
    cloud.ec2.step();

    assertThat(cloud.describe(id)).isEqualTo(before);
    assertThat(cloud.room.log)
        .containsExactly("boot " + id, "shutDown " + id, "powerOff " + id, "boot " + id);
  }

  @Test
  void addressesAreKeptUntilTermination() {
    String first = cloud.launchRunning();
    String address = cloud.describe(first).privateIpAddress();
    assertThat(address).isEqualTo("127.83.12.2");
    cloud.sdk.stopInstances(r -> r.instanceIds(first));
    cloud.settle();
    String second = cloud.launchRunning();
    assertThat(cloud.describe(second).privateIpAddress()).isEqualTo("127.83.12.3");

    cloud.sdk.terminateInstances(r -> r.instanceIds(first));
    cloud.settle();

    assertThat(cloud.describe(cloud.launch()).privateIpAddress()).isEqualTo(address);
  }

  @Test
  void aPublicAddressIsThereOnlyWhenAskedForAndChangesHandsWithAStop() {
    String id =
        cloud
            .run(r ->
                r.subnetId(null)
                    .networkInterfaces(n -> n.deviceIndex(0).associatePublicIpAddress(true)))
            .instances()
            .getFirst()
            .instanceId();
    cloud.settle();
    assertThat(cloud.describe(id).publicIpAddress()).startsWith("203.0.113.");
    assertThat(cloud.describe(id).publicDnsName()).startsWith("ec2-203-0-113-");
    assertThat(cloud.describe(cloud.launch()).publicIpAddress()).isNull();

    cloud.sdk.stopInstances(r -> r.instanceIds(id));
    cloud.settle();
    assertThat(cloud.describe(id).publicIpAddress()).isNull();
    assertThat(cloud.describe(id).publicDnsName()).isEmpty();

    cloud.sdk.startInstances(r -> r.instanceIds(id));
    assertThat(cloud.describe(id).publicIpAddress()).startsWith("203.0.113.");
  }
}
