package dev.valet.api.audit;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.valet.common.sandbox.Environment;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of the audit log as it was written and as it is shown; its canonical JSON is what the row
 * keeps and what later proves that nobody altered it.
 *
 * @param id unique, ordered by time
 * @param at when, in microseconds
 * @param actor who
 * @param action what, such as {@code sandbox.stop}
 * @param tenantId tenant of the target
 * @param environment environment of the target
 * @param targetType kind of the target, such as {@code sandbox}
 * @param targetId its id or name, such as {@code 0197f0a0-5e3b-7c3e-8a30-2b1f6f1c2d3e}
 * @param sandboxId the sandbox whose history this belongs to
 * @param before tracked fields as they were, such as {@code {"desired": "running"}}
 * @param after the same fields afterwards, such as {@code {"desired": "stopped"}}
 * @param result how it ended
 * @param reason why
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditRecord(
    UUID id,
    Instant at,
    Who actor,
    String action,
    @Nullable UUID tenantId,
    @Nullable Environment environment,
    @Nullable String targetType,
    @Nullable String targetId,
    @Nullable UUID sandboxId,
    Map<String, @Nullable Object> before,
    Map<String, @Nullable Object> after,
    AuditResult result,
    @Nullable String reason) {

  /** Refuses what lacks a part that every record has: stored bytes may have been tampered with. */
  public AuditRecord {
    requireNonNull(id, "id");
    requireNonNull(at, "at");
    requireNonNull(actor, "actor");
    requireNonNull(action, "action");
    requireNonNull(before, "before");
    requireNonNull(after, "after");
    requireNonNull(result, "result");
  }

  /**
   * Who acted.
   *
   * @param kind caller, agent or system, such as {@code caller}
   * @param issuer issuer of the caller's token
   * @param subject the issuer's id of the caller, the agent's sandbox, or the name of a loop
   * @param name for people; not an identity
   * @param clientAddress where from
   * @param requestId id of the HTTP request
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Who(
      String kind,
      @Nullable String issuer,
      String subject,
      String name,
      @Nullable String clientAddress,
      @Nullable String requestId) {

    /** Refuses what lacks a part that every record has. */
    public Who {
      requireNonNull(kind, "kind");
      requireNonNull(subject, "subject");
      requireNonNull(name, "name");
    }
  }
}
