package dev.valet.local.ec2.fleet;

import dev.valet.local.ec2.wire.Ec2Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * All instances. One change at a time: decided, written to the journal, taken over, and only then
 * answered. A call either happens as a whole or not at all. Safe for use by many threads.
 */
public final class Fleet implements AutoCloseable {

  private static final int MAX_TAGS = 50;

  private final ReentrantLock lock = new ReentrantLock();
  private final Inventory inventory = new Inventory();
  private final Queue<MachineOrder> orders = new ConcurrentLinkedQueue<>();
  private final Journal journal;
  private final Catalogue catalogue;
  private final LaunchPlanner planner;
  private final Timings timings;
  private final Clock clock;

  private Fleet(Journal journal, Catalogue catalogue, Timings timings, Clock clock) {
    this.journal = journal;
    this.catalogue = catalogue;
    this.planner = new LaunchPlanner(catalogue);
    this.timings = timings;
    this.clock = clock;
  }

  /**
   * The fleet as the journal remembers it.
   *
   * @throws IOException when the journal is damaged or cannot be written
   */
  public static Fleet restore(Path journalFile, Catalogue catalogue, Timings timings, Clock clock)
      throws IOException {
    Journal journal = Journal.open(journalFile);
    Fleet fleet = new Fleet(journal, catalogue, timings, clock);
    journal.replay().forEach(fleet.inventory::apply);
    fleet.inventory.forgetOldTokens(clock.instant());
    journal.compact(fleet.inventory.snapshot());
    return fleet;
  }

  /** What is on offer. */
  public Catalogue catalogue() {
    return catalogue;
  }

  /** How long transitions take. */
  public Timings timings() {
    return timings;
  }

  /** All instances in the order of their launch, as they are now. */
  public List<Instance> instances() {
    return locked(() -> List.copyOf(inventory.all()));
  }

  /** One instance, if it is there. */
  public Optional<Instance> find(String instanceId) {
    return locked(() -> inventory.find(instanceId));
  }

  /** How many more instances a subnet has room for. */
  public int freeAddresses(Catalogue.Subnet subnet) {
    return locked(() -> new Addresses(catalogue, inventory.all()).free(subnet).size());
  }

  /**
   * Launches instances, or finds those that an earlier call with the same client token launched.
   *
   * @return the instances of the call, never empty
   * @throws Ec2Refusal when there is no room or the token forbids it
   */
  public List<Instance> launch(LaunchRequest request) {
    return locked(() -> launchedBefore(request).orElseGet(() -> launchAnew(request)));
  }

  private Optional<List<Instance>> launchedBefore(LaunchRequest request) {
    return tokenKey(request)
        .flatMap(inventory::token)
        .map(use -> {
          if (!use.fingerprint().equals(request.fingerprint())) {
            throw Ec2Refusal.badRequest(
                "IdempotentParameterMismatch",
                "Arguments on this idempotent request are inconsistent with arguments used in"
                    + " previous request(s).");
          }
          return survivors(use);
        });
  }

  private List<Instance> survivors(TokenUse use) {
    List<Instance> left =
        use.instanceIds().stream().map(inventory::find).flatMap(Optional::stream).toList();
    if (left.stream().allMatch(instance -> instance.state() == InstanceState.TERMINATED)) {
      throw Ec2Refusal.badRequest(
          "IdempotentInstanceTerminated",
          "The client token belongs to a request whose instances have been terminated: "
              + String.join(", ", use.instanceIds()));
    }
    return left;
  }

  private List<Instance> launchAnew(LaunchRequest request) {
    List<Instance> launched = planner.plan(request, inventory, clock.instant());
    List<Change> changes = new ArrayList<>();
    launched.forEach(instance -> changes.add(new Change.Launched(instance)));
    List<String> ids = launched.stream().map(Instance::id).toList();
    tokenKey(request)
        .map(key -> new TokenUse(key.scope(), key.token(), request.fingerprint(), ids, null))
        .ifPresent(use -> changes.add(new Change.TokenUsed(use)));
    commit(changes);
    return launched;
  }

  private Optional<TokenUse.Key> tokenKey(LaunchRequest request) {
    String scope =
        Optional.ofNullable(request.subnetId())
            .flatMap(catalogue::subnet)
            .map(Catalogue.Subnet::zone)
            .orElse(catalogue.region());
    return Optional.ofNullable(request.clientToken()).map(token -> new TokenUse.Key(scope, token));
  }

  /**
   * Starts, stops, reboots or terminates instances: all of them or none.
   *
   * @return what happened to each, in the order of the ids
   * @throws Ec2Refusal when one of them is not there or not in the right state
   */
  public List<StateChange> command(Command command, Collection<String> instanceIds) {
    return locked(() -> {
      List<Instance> targets = require(instanceIds);
      Addresses addresses = new Addresses(catalogue, inventory.all());
      CommandPlanner.Plan plan = CommandPlanner.plan(command, targets, addresses, clock.instant());
      commit(plan.changes());
      orders.addAll(plan.orders());
      return plan.outcome();
    });
  }

  /**
   * Sets tags on instances and volumes: on all of them or on none.
   *
   * @throws Ec2Refusal when one of them is not there or would have too many tags
   */
  public void tag(Collection<String> resourceIds, Map<String, String> tags) {
    locked(() -> {
      List<Change> changes = new ArrayList<>();
      for (String resource : resourceIds) {
        Instance owner = ownerOf(resource);
        checkTagCount(owner.tagsOf(resource), tags);
        changes.add(new Change.Tagged(owner.id(), resource, tags));
      }
      commit(changes);
      return changes.size();
    });
  }

  /**
   * Takes tags off instances and volumes: off all of them or off none.
   *
   * @throws Ec2Refusal when one of them is not there
   */
  public void untag(Collection<String> resourceIds, UnwantedTags unwanted) {
    locked(() -> {
      List<Change> changes = new ArrayList<>();
      for (String resource : resourceIds) {
        Instance owner = ownerOf(resource);
        Set<String> keys = unwanted.keys(owner.tagsOf(resource));
        changes.add(new Change.Untagged(owner.id(), resource, keys));
      }
      commit(changes);
      return changes.size();
    });
  }

  private Instance ownerOf(String resource) {
    return resource.startsWith("i-")
        ? require(List.of(resource)).getFirst()
        : inventory
            .ownerOf(resource)
            .orElseThrow(() ->
                Ec2Refusal.badRequest(
                    "InvalidVolume.NotFound", "The volume '" + resource + "' does not exist."));
  }

  private static void checkTagCount(Map<String, String> tags, Map<String, String> added) {
    if (Instance.merged(tags, added).size() > MAX_TAGS) {
      throw Ec2Refusal.badRequest(
          "TagLimitExceeded", "The maximum number of Tags for a resource has been reached.");
    }
  }

  /**
   * The instances with these ids, each once.
   *
   * @throws Ec2Refusal InvalidInstanceID.NotFound naming all that are missing
   */
  public List<Instance> require(Collection<String> instanceIds) {
    return locked(() -> {
      List<String> missing = ids(instanceIds).filter(id -> inventory.find(id).isEmpty()).toList();
      if (!missing.isEmpty()) {
        throw Ec2Refusal.badRequest("InvalidInstanceID.NotFound", notFound(missing));
      }
      return ids(instanceIds).map(inventory::find).flatMap(Optional::stream).toList();
    });
  }

  private static Stream<String> ids(Collection<String> instanceIds) {
    return instanceIds.stream().distinct();
  }

  private static String notFound(List<String> missing) {
    return missing.size() == 1
        ? "The instance ID '" + missing.getFirst() + "' does not exist"
        : "The instance IDs '" + String.join(", ", missing) + "' do not exist";
  }

  /** The instances whose transition is over by now. */
  public List<Instance> due() {
    Instant now = clock.instant();
    return instances().stream()
        .filter(instance -> timings.due(instance).filter(at -> !at.isAfter(now)).isPresent())
        .toList();
  }

  /** When the next transition is over, if one is under way. */
  public Optional<Instant> nextDue() {
    return instances().stream().map(timings::due).flatMap(Optional::stream).min(Instant::compareTo);
  }

  /**
   * Ends the transition that an instance was seen in, unless a command has got in between.
   *
   * @return the instance in its new state; empty when nothing changed
   */
  public Optional<Instance> settle(Instance seen) {
    return locked(() -> {
      Optional<Instance> now = inventory.find(seen.id());
      if (now.isEmpty() || !now.get().status().equals(seen.status())) {
        return Optional.empty();
      }
      commit(List.of(settled(seen)));
      return inventory.find(seen.id());
    });
  }

  private Change settled(Instance seen) {
    Instant now = clock.instant();
    Status status = seen.status();
    return switch (seen.state()) {
      case PENDING -> new Change.Moved(seen.id(), status.running(now));
      case STOPPING -> new Change.Moved(seen.id(), status.ended(InstanceState.STOPPED, now));
      case SHUTTING_DOWN ->
          new Change.Moved(seen.id(), status.ended(InstanceState.TERMINATED, now));
      case TERMINATED -> new Change.Forgotten(seen.id(), now);
      case RUNNING, STOPPED ->
          throw new IllegalArgumentException(seen.id() + " is in no transition");
    };
  }

  /** The next order for a machine, oldest first. */
  public Optional<MachineOrder> nextOrder() {
    return Optional.ofNullable(orders.poll());
  }

  private void commit(List<Change> changes) {
    if (!changes.isEmpty()) {
      journal.append(changes);
      changes.forEach(inventory::apply);
    }
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      journal.close();
    } finally {
      lock.unlock();
    }
  }
}
