package dev.valet.api.compute.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.compute.Instance;
import dev.valet.common.sandbox.Ec2Status;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.StateReason;
import software.amazon.awssdk.services.ec2.model.Tag;

class Ec2InstancesTest {

  @ParameterizedTest
  @CsvSource({
    "0, PENDING",
    "16, RUNNING",
    "32, SHUTTING_DOWN",
    "48, TERMINATED",
    "64, STOPPING",
    "80, STOPPED",
    "272, RUNNING",
    "65296, RUNNING"
  })
  void theLowByteOfTheCodeIsTheState(int code, Ec2Status status) {
    assertThat(of(code, null).status()).isEqualTo(status);
  }

  @Test
  void everythingThatEc2SaysIsKept() {
    Instance instance =
        Ec2Instances.of(
            builder(16)
                .placement(p -> p.availabilityZone("us-east-1a"))
                .privateIpAddress("10.0.0.7")
                .publicIpAddress("")
                .launchTime(Instant.EPOCH)
                .clientToken("TOKEN")
                .tags(Tag.builder().key("a").value("1").build(), Tag.builder().key("b").build())
                .build());
    assertThat(instance.zone()).isEqualTo("us-east-1a");
    assertThat(instance.privateIp()).isEqualTo("10.0.0.7");
    assertThat(instance.publicIp()).isNull();
    assertThat(instance.launchedAt()).isEqualTo(Instant.EPOCH);
    assertThat(instance.clientToken()).isEqualTo("TOKEN");
    assertThat(instance.tags()).containsEntry("a", "1").containsEntry("b", "");
  }

  @Test
  void aTerminatedInstanceThatLostItsFieldsIsStillReadable() {
    Instance instance = of(48, null);
    assertThat(instance.zone()).isNull();
    assertThat(instance.privateIp()).isNull();
    assertThat(instance.clientToken()).isNull();
    assertThat(instance.stateReason()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "Client.UserInitiatedShutdown, Client.UserInitiatedShutdown: by a person, Client.UserInitiatedShutdown: by a person",
    "Server.InternalError, Client.VolumeLimitExceeded: full, Server.InternalError: Client.VolumeLimitExceeded: full",
    "pending, pending, pending",
    "Server.ScheduledStop,, Server.ScheduledStop"
  })
  void theReasonHasItsCodeOnce(String code, String message, String reason) {
    assertThat(of(80, StateReason.builder().code(code).message(message).build()).stateReason())
        .isEqualTo(reason);
  }

  private static Instance of(int code, StateReason reason) {
    return Ec2Instances.of(builder(code).stateReason(reason).build());
  }

  private static software.amazon.awssdk.services.ec2.model.Instance.Builder builder(int code) {
    return software.amazon.awssdk.services.ec2.model.Instance.builder()
        .instanceId("i-1")
        .instanceType("t3.large")
        .state(state -> state.code(code));
  }
}
