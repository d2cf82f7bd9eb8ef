package dev.valet.api.access;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a subject was granted, remembered for as long as the access version stands. A change of any
 * grant forgets all of them: changes are rare, and every subject costs one query afterwards.
 */
@ApplicationScoped
class HeldGrants {
  private static final int MOST = 10_000;

  private final AccessVersion version;
  private final HeldGrantStore store;
  private final Clock clock;
  private volatile Known known = new Known(-1, new ConcurrentHashMap<>());

  HeldGrants(AccessVersion version, HeldGrantStore store, Clock clock) {
    this.version = version;
    this.store = store;
    this.clock = clock;
  }

  private record Subject(String issuer, String subject) {}

  private record Known(long version, Map<Subject, List<HeldRole>> roles) {}

  /** The grants that hold now. */
  Uni<List<HeldRole>> of(String issuer, String subject) {
    return version
        .recent()
        .chain(current -> at(current, new Subject(issuer, subject)))
        .map(this::notExpired);
  }

  private Uni<List<HeldRole>> at(long current, Subject subject) {
    Known known = known(current);
    List<HeldRole> found = known.roles().get(subject);
    // The version was read first: what is read now is of that version or newer.
    return found != null
        ? Uni.createFrom().item(found)
        : store
            .of(subject.issuer(), subject.subject())
            .invoke(roles -> known.roles().put(subject, roles));
  }

  private Known known(long current) {
    Known now = known;
    if (now.version() != current || now.roles().size() >= MOST) {
      now = new Known(current, new ConcurrentHashMap<>());
      known = now;
    }
    return now;
  }

  private List<HeldRole> notExpired(List<HeldRole> roles) {
    Instant now = clock.instant();
    return roles.stream().filter(role -> role.holdsAt(now)).toList();
  }
}
