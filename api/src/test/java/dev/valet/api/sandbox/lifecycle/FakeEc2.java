package dev.valet.api.sandbox.lifecycle;

import dev.valet.api.compute.ActionResult;
import dev.valet.api.compute.ComputeError;
import dev.valet.api.compute.ComputeException;
import dev.valet.api.compute.ComputeProvider;
import dev.valet.api.compute.Instance;
import dev.valet.api.compute.LaunchRequest;
import dev.valet.api.compute.Tags;
import dev.valet.common.sandbox.Ec2Status;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An EC2 in memory: idempotent by token, each transition over at the next look. It remembers every
 * moment at which a sandbox had two live instances.
 */
final class FakeEc2 implements ComputeProvider {
  final List<String> calls = new ArrayList<>();
  final List<String> doubles = new ArrayList<>();
  private final Map<String, LaunchRequest> requests = new LinkedHashMap<>();
  private final Map<String, Ec2Status> states = new LinkedHashMap<>();
  private boolean refusesToTerminate;

  synchronized void refuseToTerminate(boolean refuse) {
    refusesToTerminate = refuse;
  }

  synchronized LaunchRequest request(String instanceId) {
    return requests.get(instanceId);
  }

  synchronized List<String> live(UUID sandboxId) {
    return requests.entrySet().stream()
        .filter(one -> one.getValue().tags().get(Tags.SANDBOX).equals(sandboxId.toString()))
        .map(Map.Entry::getKey)
        .filter(id -> states.get(id) != Ec2Status.TERMINATED)
        .toList();
  }

  synchronized long launches(UUID sandboxId) {
    return requests.values().stream()
        .filter(one -> one.tags().get(Tags.SANDBOX).equals(sandboxId.toString()))
        .count();
  }

  @Override
  public synchronized Uni<Instance> launch(LaunchRequest request) {
    String known =
        requests.entrySet().stream()
            .filter(one -> one.getValue().clientToken().equals(request.clientToken()))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(null);
    if (known != null) {
      return Uni.createFrom().item(instance(known));
    }
    UUID sandbox = UUID.fromString(request.tags().get(Tags.SANDBOX));
    if (!live(sandbox).isEmpty()) {
      doubles.add(sandbox + " has " + live(sandbox));
    }
    String id = FakeCompute.newId();
    calls.add("RunInstances " + id);
    requests.put(id, request);
    states.put(id, Ec2Status.PENDING);
    return Uni.createFrom().item(instance(id));
  }

  private Instance instance(String id) {
    LaunchRequest request = requests.get(id);
    return new Instance(
        id,
        states.get(id),
        request.instanceType(),
        "us-east-1a",
        states.get(id) == Ec2Status.TERMINATED ? null : "127.9.9.9",
        null,
        Instant.EPOCH,
        request.clientToken(),
        request.tags(),
        List.of(),
        null);
  }

  @Override
  public Uni<Map<String, ActionResult>> tag(Collection<String> ids, Map<String, String> tags) {
    throw new AssertionError("no tag changes here");
  }

  @Override
  public Uni<Map<String, ActionResult>> untag(Collection<String> ids, Collection<String> keys) {
    throw new AssertionError("no tag changes here");
  }

  private synchronized Uni<Map<String, ActionResult>> to(
      String action, Collection<String> ids, Ec2Status state) {
    Map<String, ActionResult> results = new LinkedHashMap<>();
    for (String id : ids) {
      calls.add(action + " " + id);
      if (state == Ec2Status.SHUTTING_DOWN && refusesToTerminate) {
        results.put(
            id,
            new ActionResult.Failed(
                new ComputeException(
                    ComputeError.UNAUTHORIZED, "OperationNotPermitted", "protected", null)));
      } else {
        states.put(id, state);
        results.put(id, new ActionResult.Accepted());
      }
    }
    return Uni.createFrom().item(results);
  }

  @Override
  public Uni<Map<String, ActionResult>> start(Collection<String> ids) {
    return to("StartInstances", ids, Ec2Status.PENDING);
  }

  @Override
  public Uni<Map<String, ActionResult>> stop(Collection<String> ids, boolean force) {
    return to("StopInstances", ids, Ec2Status.STOPPING);
  }

  @Override
  public Uni<Map<String, ActionResult>> reboot(Collection<String> ids) {
    return to("RebootInstances", ids, Ec2Status.RUNNING);
  }

  @Override
  public Uni<Map<String, ActionResult>> terminate(Collection<String> ids) {
    return to("TerminateInstances", ids, Ec2Status.SHUTTING_DOWN);
  }

  @Override
  public synchronized Uni<List<Instance>> listInstallation() {
    return Uni.createFrom().item(requests.keySet().stream().map(this::instance).toList());
  }

  @Override
  public synchronized Uni<List<Instance>> describe(Collection<String> ids) {
    List<Instance> seen = ids.stream().filter(states::containsKey).map(this::instance).toList();
    ids.forEach(id -> states.computeIfPresent(id, (same, state) -> next(state)));
    return Uni.createFrom().item(seen);
  }

  private static Ec2Status next(Ec2Status state) {
    return switch (state) {
      case PENDING -> Ec2Status.RUNNING;
      case STOPPING -> Ec2Status.STOPPED;
      case SHUTTING_DOWN -> Ec2Status.TERMINATED;
      case RUNNING, STOPPED, TERMINATED -> state;
    };
  }

  @Override
  public Uni<List<Instance>> findByLaunch(String attemptId) {
    return Uni.createFrom().item(List.of());
  }
}
