package dev.valet.local.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.local.ec2.fleet.Catalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;

/** Client tokens, as AWS documents them. */
class IdempotencyTest {

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

  private List<String> launch(String token) {
    return ids(cloud.run(r -> r.clientToken(token).maxCount(2)));
  }

  private static List<String> ids(RunInstancesResponse response) {
    return response.instances().stream().map(Instance::instanceId).toList();
  }

  private int instances() {
    return cloud.sdk.describeInstances().reservations().stream()
        .mapToInt(r -> r.instances().size())
        .sum();
  }

  @Test
  void theSameTokenAgainFindsTheSameInstancesAsTheyAreNow() {
    RunInstancesResponse first = cloud.run(r -> r.clientToken("t").maxCount(2));
    cloud.settle();

    RunInstancesResponse second = cloud.run(r -> r.clientToken("t").maxCount(2));

    assertThat(ids(second)).isEqualTo(ids(first));
    assertThat(second.reservationId()).isEqualTo(first.reservationId());
    assertThat(second.instances())
        .allMatch(instance -> instance.state().name() == InstanceStateName.RUNNING);
    assertThat(instances()).isEqualTo(2);
  }

  @Test
  void concurrentCallsWithOneTokenLaunchOnce() throws Exception {
    Set<List<String>> outcomes = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<List<String>>> calls = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        calls.add(() -> launch("t"));
      }
      for (Future<List<String>> call : threads.invokeAll(calls)) {
        outcomes.add(call.get());
      }
    }

    assertThat(outcomes).hasSize(1);
    assertThat(instances()).isEqualTo(2);
  }

  @Test
  void theSameTokenWithOtherParametersIsRefused() {
    launch("t");

    assertThat(Cloud.code(() -> cloud.run(r -> r.clientToken("t").instanceType("t3.medium"))))
        .isEqualTo("IdempotentParameterMismatch");
    assertThat(instances()).isEqualTo(2);
  }

  @Test
  void aTokenIsAnotherOneInAnotherZoneAndWithoutAZone() {
    Set<List<String>> launched = new HashSet<>();
    launched.add(launch("t"));
    launched.add(ids(cloud.run(r -> r.clientToken("t").subnetId(Catalogue.SUBNET_B))));
    launched.add(ids(cloud.run(r -> r.clientToken("t").subnetId(null))));

    assertThat(launched).hasSize(3);
    assertThat(instances()).isEqualTo(4);
  }

  @Test
  void aTokenIsCaseSensitive() {
    assertThat(launch("Token")).doesNotContainAnyElementsOf(launch("token"));
  }

  @Test
  void afterTerminationATokenLaunchesNothingEvenWhenTheInstanceHasVanished() throws Exception {
    List<String> launched = launch("t");
    cloud.sdk.terminateInstances(r -> r.instanceIds(launched));
    cloud.settle();
    assertThat(Cloud.code(() -> launch("t"))).isEqualTo("IdempotentInstanceTerminated");

    cloud.pass(Duration.ofHours(2));
    assertThat(instances()).isZero();
    assertThat(Cloud.code(() -> launch("t"))).isEqualTo("IdempotentInstanceTerminated");

    cloud.restart();
    assertThat(Cloud.code(() -> launch("t"))).isEqualTo("IdempotentInstanceTerminated");
  }

  @Test
  void aDayAfterItsInstancesVanishedATokenIsForgotten() throws Exception {
    List<String> launched = launch("t");
    cloud.sdk.terminateInstances(r -> r.instanceIds(launched));
    cloud.settle();
    cloud.pass(Duration.ofHours(2));
    cloud.pass(Duration.ofHours(24));
    cloud.restart();

    assertThat(launch("t")).doesNotContainAnyElementsOf(launched);
  }

  @Test
  void aTokenOutlivesARestart() throws Exception {
    List<String> launched = launch("t");

    cloud.restart();

    assertThat(launch("t")).isEqualTo(launched);
  }

  @Test
  void aRefusedLaunchUsesUpNoToken() {
    cloud.run(r -> r.minCount(120).maxCount(125));
    assertThat(Cloud.code(() -> launch("t"))).isEqualTo("InsufficientFreeAddressesInSubnet");
    String any =
        cloud.sdk.describeInstances().reservations().getFirst().instances().getFirst().instanceId();
    String other =
        cloud.sdk.describeInstances().reservations().getFirst().instances().get(1).instanceId();
    cloud.sdk.terminateInstances(r -> r.instanceIds(any, other));
    cloud.settle();

    assertThat(launch("t")).hasSize(2);
  }

  @Test
  void aTokenOfMoreThan64CharactersIsRefused() {
    assertThat(Cloud.code(() -> launch("t".repeat(65)))).isEqualTo("InvalidParameterValue");
    assertThat(launch("t".repeat(64))).hasSize(2);
  }
}
