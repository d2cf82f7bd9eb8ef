package dev.valet.api.audit;

import dev.valet.api.platform.db.Condition;
import dev.valet.api.platform.db.Rows;
import dev.valet.common.WireName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Builds the query of one page of the audit log, newest first. Every value is a parameter. */
final class AuditSelect {
  /**
   * How far an id's time may lie from the row's: they are taken one after the other. Only the exact
   * time decides; the ids narrow down where to look.
   */
  private static final long SLACK_MILLIS = 60_000;

  private final StringBuilder text = new StringBuilder("SELECT a.canonical FROM audit a WHERE ");
  private final List<Object> parameters = new ArrayList<>();

  AuditSelect(Condition visible, AuditQuery query, @Nullable UUID before) {
    Condition.Sql seen = visible.where("a", 1);
    text.append(seen.text());
    parameters.addAll(seen.parameters());
    and("a.actor =", query.actor());
    and("a.action =", query.action());
    and("a.target_type =", query.targetType());
    and("a.target_id =", query.targetId());
    and("a.sandbox_id =", query.sandboxId());
    and("a.tenant_id =", query.tenantId());
    and("a.environment =", wire(query.environment()));
    and("a.result =", wire(query.result()));
    and("a.id <", before);
    from(query.from());
    to(query.to());
  }

  /** The statement for so many rows; call once. */
  String text(int rows) {
    parameters.add(rows);
    return text.append(" ORDER BY a.id DESC LIMIT $").append(parameters.size()).toString();
  }

  /** The values of its parameters, once {@link #text} was called. */
  Object[] parameters() {
    return parameters.toArray();
  }

  private void from(@Nullable Instant from) {
    if (from != null) {
      and("a.at >=", Rows.parameter(from));
      and("a.id >=", firstId(from, -SLACK_MILLIS));
    }
  }

  private void to(@Nullable Instant to) {
    if (to != null) {
      and("a.at <", Rows.parameter(to));
      and("a.id <", firstId(to, SLACK_MILLIS));
    }
  }

  /** The least id (version 7) of a time. */
  private static UUID firstId(Instant at, long shiftMillis) {
    long millis = Math.clamp(at.getEpochSecond(), 0, Integer.MAX_VALUE * 4L) * 1_000 + shiftMillis;
    return new UUID(Math.max(0, millis) << 16, 0);
  }

  private void and(String condition, @Nullable Object value) {
    if (value != null) {
      parameters.add(value);
      text.append(" AND ").append(condition).append(" $").append(parameters.size());
    }
  }

  private static @Nullable String wire(@Nullable WireName name) {
    return name == null ? null : name.wire();
  }
}
