package dev.valet.api.compute.ec2;

import static dev.valet.api.compute.ec2.Adapter.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.compute.ActionResult;
import dev.valet.api.compute.ComputeError;
import dev.valet.api.compute.ec2.Ec2Stub.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ActionsTest {
  private static final List<String> THREE = List.of("i-1", "i-2", "i-3");
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
  void eachActionGoesOutAsOneCallForAll() {
    stub.answers(call -> Answer.ok(call.action(), Ec2Xml.changed(call.list("InstanceId"))));

    assertAccepted(await(adapter.ec2.start(THREE)));
    assertAccepted(await(adapter.ec2.stop(THREE, false)));
    assertAccepted(await(adapter.ec2.stop(THREE, true)));
    assertAccepted(await(adapter.ec2.terminate(THREE)));

    assertThat(stub.calls())
        .extracting(call -> call.action() + call.get("Force"))
        .containsExactly(
            "StartInstances", "StopInstancesfalse", "StopInstancestrue", "TerminateInstances");
  }

  @Test
  void aRebootsAnswerNamesNobodyAndCountsForAll() {
    stub.answers(call -> Answer.ok(call.action(), "<return>true</return>"));
    assertAccepted(await(adapter.ec2.reboot(THREE)));
  }

  @Test
  void oneBadIdDoesNotKeepTheOthersFromTerminating() {
    stub.answers(call ->
        call.list("InstanceId").contains("i-2")
            ? Answer.error(
                400, "InvalidInstanceID.NotFound", "The instance ID 'i-2' does not exist")
            : Answer.ok(call.action(), Ec2Xml.changed(call.list("InstanceId"))));

    Map<String, ActionResult> results = await(adapter.ec2.terminate(THREE));

    assertThat(results.keySet()).containsExactlyElementsOf(THREE);
    assertThat(errorOf(results.get("i-2"))).isEqualTo(ComputeError.NOT_FOUND);
    assertThat(results.get("i-1")).isInstanceOf(ActionResult.Accepted.class);
    assertThat(results.get("i-3")).isInstanceOf(ActionResult.Accepted.class);
  }

  @Test
  void aStopIsRepeatedAfterAServerFaultButARebootIsNot() {
    stub.answers(call ->
        call.number() == 1
            ? Answer.error(500, "InternalError", "oops")
            : Answer.ok(call.action(), Ec2Xml.changed(call.list("InstanceId"))));
    assertAccepted(await(adapter.ec2.stop(THREE, false)));

    stub.answers(call -> Answer.error(500, "InternalError", "oops"));
    assertThat(await(adapter.ec2.reboot(THREE)).values())
        .allSatisfy(result -> assertThat(errorOf(result)).isEqualTo(ComputeError.UNKNOWN));
    assertThat(stub.calls()).hasSize(1);
  }

  private static void assertAccepted(Map<String, ActionResult> results) {
    assertThat(results.keySet()).containsExactlyElementsOf(THREE);
    assertThat(results.values())
        .allSatisfy(result -> assertThat(result).isInstanceOf(ActionResult.Accepted.class));
  }

  private static ComputeError errorOf(ActionResult result) {
    return ((ActionResult.Failed) result).cause().error();
  }
}
