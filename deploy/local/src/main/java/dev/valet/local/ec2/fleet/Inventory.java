package dev.valet.local.ec2.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All that is known, in memory: the sum of the journal's changes. Not safe for threads. */
final class Inventory {

  /** How long after its last instance vanished a client token is still recognised. */
  private static final Duration TOKEN_LIFE = Duration.ofHours(24);

  private final Map<String, Instance> instances = new HashMap<>();
  private final TreeMap<Long, Instance> inLaunchOrder = new TreeMap<>();
  private final Map<TokenUse.Key, TokenUse> tokens = new LinkedHashMap<>();

  /** Takes in one change. */
  void apply(Change change) {
    switch (change) {
      case Change.Launched(Instance instance) -> put(instance);
      case Change.Moved(String id, Status status) -> put(known(id).with(status));
      case Change.Tagged(String id, String resource, Map<String, String> tags) ->
          put(known(id).withTags(resource, tags));
      case Change.Untagged(String id, String resource, Set<String> keys) ->
          put(known(id).withoutTags(resource, keys));
      case Change.Forgotten(String id, Instant at) -> forget(id, at);
      case Change.TokenUsed(TokenUse use) -> tokens.put(use.key(), use);
    }
  }

  private Instance known(String id) {
    return Objects.requireNonNull(instances.get(id), "The journal moves an unknown instance " + id);
  }

  private void put(Instance instance) {
    instances.put(instance.id(), instance);
    inLaunchOrder.put(instance.launch().sequence(), instance);
  }

  private void forget(String id, Instant at) {
    Instance gone = instances.remove(id);
    if (gone != null) {
      inLaunchOrder.remove(gone.launch().sequence());
      tokens.replaceAll((key, use) -> isLastOf(use, id) ? use.gone(at) : use);
    }
  }

  private boolean isLastOf(TokenUse use, String id) {
    return use.instanceIds().contains(id)
        && use.instanceIds().stream().noneMatch(instances::containsKey);
  }

  Optional<Instance> find(String id) {
    return Optional.ofNullable(instances.get(id));
  }

  /** The instance that a volume belongs to. */
  Optional<Instance> ownerOf(String volumeId) {
    return all().stream()
        .filter(instance -> instance.volumes().stream().anyMatch(v -> v.id().equals(volumeId)))
        .findFirst();
  }

  /** All instances in the order of their launch. */
  Collection<Instance> all() {
    return inLaunchOrder.values();
  }

  Optional<TokenUse> token(TokenUse.Key key) {
    return Optional.ofNullable(tokens.get(key));
  }

  long nextSequence() {
    return inLaunchOrder.isEmpty() ? 1 : inLaunchOrder.lastKey() + 1;
  }

  /** Drops client tokens that are too old to matter. */
  void forgetOldTokens(Instant now) {
    tokens.values().removeIf(use -> !isRemembered(use, now));
  }

  private static boolean isRemembered(TokenUse use, Instant now) {
    return use.goneSince() == null || use.goneSince().plus(TOKEN_LIFE).isAfter(now);
  }

  /** The shortest journal that leads here. */
  List<Change> snapshot() {
    List<Change> changes = new ArrayList<>();
    all().forEach(instance -> changes.add(new Change.Launched(instance)));
    tokens.values().forEach(use -> changes.add(new Change.TokenUsed(use)));
    return changes;
  }
}
