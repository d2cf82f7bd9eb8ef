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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An EC2 in memory whose every call can be made to fail; transitions are over at once. */
public final class FakeCompute implements ComputeProvider {
  public final Map<String, Instance> instances = new ConcurrentHashMap<>();

  /** Names of the calls, in order. */
  public final List<String> calls = new CopyOnWriteArrayList<>();

  private final Map<String, ComputeError> failing = new ConcurrentHashMap<>();
  private final Map<String, String> byToken = new ConcurrentHashMap<>();

  /** Makes every call of that name fail; a launch may have happened all the same. */
  public FakeCompute fail(String call, ComputeError error) {
    failing.put(call, error);
    return this;
  }

  public FakeCompute heal() {
    failing.clear();
    return this;
  }

  public long count(String call) {
    return calls.stream().filter(call::equals).count();
  }

  /** An instance that nobody launched through this port. */
  public Instance put(
      String id, Ec2Status status, @Nullable String token, Map<String, String> tags) {
    Instance instance =
        new Instance(
            id,
            status,
            "t3.large",
            "us-east-1a",
            "127.9.9.9",
            null,
            null,
            token,
            tags,
            List.of("vol-" + id.substring(2)),
            null);
    instances.put(id, instance);
    return instance;
  }

  @Override
  public Uni<Instance> launch(LaunchRequest request) {
    return called("launch")
        .map(ok -> {
          String id = byToken.computeIfAbsent(request.clientToken(), token -> newId());
          Instance there = instances.get(id);
          return there != null
              ? there
              : put(id, Ec2Status.RUNNING, request.clientToken(), request.tags());
        });
  }

  public static String newId() {
    return "i-" + UUID.randomUUID().toString().replace("-", "").substring(0, 17);
  }

  @Override
  public Uni<Map<String, ActionResult>> start(Collection<String> ids) {
    return each("start", ids, one -> with(one, Ec2Status.RUNNING, one.tags()));
  }

  @Override
  public Uni<Map<String, ActionResult>> stop(Collection<String> ids, boolean force) {
    return each("stop", ids, one -> with(one, Ec2Status.STOPPED, one.tags()));
  }

  @Override
  public Uni<Map<String, ActionResult>> reboot(Collection<String> ids) {
    return each("reboot", ids, UnaryOperator.identity());
  }

  @Override
  public Uni<Map<String, ActionResult>> terminate(Collection<String> ids) {
    return each("terminate", ids, one -> with(one, Ec2Status.TERMINATED, one.tags()));
  }

  @Override
  public Uni<Map<String, ActionResult>> tag(Collection<String> ids, Map<String, String> tags) {
    return each(
        "tag",
        ids,
        one -> {
          Map<String, String> all = new HashMap<>(one.tags());
          all.putAll(tags);
          return with(one, one.status(), all);
        });
  }

  @Override
  public Uni<Map<String, ActionResult>> untag(Collection<String> ids, Collection<String> keys) {
    return each(
        "untag",
        ids,
        one -> {
          Map<String, String> left = new HashMap<>(one.tags());
          left.keySet().removeAll(keys);
          return with(one, one.status(), left);
        });
  }

  @Override
  public Uni<List<Instance>> listInstallation() {
    return called("list").map(ok -> List.copyOf(instances.values()));
  }

  @Override
  public Uni<List<Instance>> describe(Collection<String> ids) {
    return called("describe")
        .map(ok -> ids.stream().filter(instances::containsKey).map(instances::get).toList());
  }

  @Override
  public Uni<List<Instance>> findByLaunch(String attemptId) {
    return called("find")
        .map(ok ->
            instances.values().stream()
                .filter(one -> attemptId.equals(one.tags().get(Tags.LAUNCH)))
                .toList());
  }

  private Uni<Map<String, ActionResult>> each(
      String call, Collection<String> ids, UnaryOperator<Instance> change) {
    return called(call)
        .map(ok -> {
          ids.forEach(id -> instances.computeIfPresent(id, (key, one) -> change.apply(one)));
          return results(ids, new ActionResult.Accepted());
        })
        .onFailure(ComputeException.class)
        .recoverWithItem(
            failure -> results(ids, new ActionResult.Failed((ComputeException) failure)));
  }

  private static Map<String, ActionResult> results(Collection<String> ids, ActionResult result) {
    Map<String, ActionResult> results = new LinkedHashMap<>();
    ids.forEach(id -> results.put(id, result));
    return results;
  }

  private Uni<String> called(String call) {
    return Uni.createFrom()
        .deferred(() -> {
          calls.add(call);
          ComputeError error = failing.get(call);
          return error == null
              ? Uni.createFrom().item(call)
              : Uni.createFrom().failure(new ComputeException(error, "Code", "scripted", null));
        });
  }

  private static Instance with(Instance one, Ec2Status status, Map<String, String> tags) {
    boolean gone = status == Ec2Status.TERMINATED;
    return new Instance(
        one.instanceId(),
        status,
        one.instanceType(),
        one.zone(),
        gone ? null : one.privateIp(),
        null,
        one.launchedAt(),
        one.clientToken(),
        tags,
        gone ? List.of() : new ArrayList<>(one.volumeIds()),
        null);
  }
}
