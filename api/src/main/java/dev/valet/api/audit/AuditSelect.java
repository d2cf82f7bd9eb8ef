package dev.valet.api.audit;

import dev.valet.api.platform.db.Condition;
import dev.valet.api.platform.db.Rows;
import dev.valet.common.WireName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Builds the queries of the audit log out of its filters. Every value is a parameter. */
final class AuditSelect {
  /**
   * How far an id's time may lie from the row's: they are taken one after the other. Only the exact
   * time decides; the ids narrow down where to look.
   */
  private static final long SLACK_MILLIS = 60_000;

  private static final String LIST = "SELECT a.* FROM audit a WHERE ";
  private static final String EXPORT =
      "SELECT s.seq, s.prev, s.hash, a.id, a.canonical"
          + " FROM audit_seal s JOIN audit a ON a.id = s.audit_id WHERE ";

  private final StringBuilder text = new StringBuilder();
  private final List<Object> parameters = new ArrayList<>();

  private AuditSelect(Condition visible, AuditQuery query) {
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
    and("a.request_id =", query.requestId());
    from(query.from());
    to(query.to());
  }

  /** Rows before that one; null for the newest. */
  static AuditSelect before(Condition visible, AuditQuery query, @Nullable UUID id) {
    AuditSelect select = new AuditSelect(visible, query);
    select.and("a.id <", id);
    return select;
  }

  /** Rows whose seals come after that one. */
  static AuditSelect sealedAfter(Condition visible, AuditQuery query, long seq) {
    AuditSelect select = new AuditSelect(visible, query);
    select.and("s.seq >", seq);
    return select;
  }

  /** The statement for so many rows; call once. */
  String newestFirst(int rows) {
    return statement(LIST, "a.id DESC", rows);
  }

  /** The same with the rows' seals, in their order. */
  String inSealOrder(int rows) {
    return statement(EXPORT, "s.seq", rows);
  }

  private String statement(String select, String order, int rows) {
    parameters.add(rows);
    return select + text + " ORDER BY " + order + " LIMIT $" + parameters.size();
  }

  /** The values of its parameters, once the statement was made. */
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
