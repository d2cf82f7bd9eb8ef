package dev.valet.api.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A caller as work that outlives their request keeps them: who they are and what their token said,
 * not what they may do. {@link Callers#recall} reads that anew.
 *
 * @param groups groups of their token that gave roles
 */
public record RememberedCaller(
    String issuer,
    String subject,
    String name,
    List<String> groups,
    @Nullable String clientAddress,
    @Nullable String requestId) {

  /** Copies what it is given. */
  public RememberedCaller {
    groups = List.copyOf(groups);
  }

  /** What to keep of a caller. */
  public static RememberedCaller of(Caller caller) {
    List<String> groups =
        caller.held().stream().filter(HeldRole::isOfGroup).map(HeldRole::group).distinct().toList();
    return new RememberedCaller(
        caller.issuer(),
        caller.subject(),
        caller.name(),
        groups,
        caller.clientAddress(),
        caller.requestId());
  }
}
