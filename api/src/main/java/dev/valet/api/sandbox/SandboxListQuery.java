package dev.valet.api.sandbox;

import dev.valet.api.access.Scope;
import dev.valet.api.platform.query.Position;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Builds the SQL of one page of a list. Pure; every value is a parameter. */
final class SandboxListQuery {
  private final StringBuilder sql = new StringBuilder(SandboxViewStore.SELECT);
  private final List<@Nullable Object> parameters = new ArrayList<>();

  private SandboxListQuery() {}

  /** SQL and its parameters. */
  record Sql(String text, List<@Nullable Object> parameters) {}

  /** The page after a position; one row more than shown tells whether there is a next page. */
  static Sql page(SandboxListRequest request, Scope scope, @Nullable Position after) {
    SandboxListQuery query = new SandboxListQuery();
    query.scope(scope);
    query.filter(request.filter());
    query.after(request.sort(), request.descending(), after);
    query.order(request.sort(), request.descending(), request.limit() + 1);
    return new Sql(query.sql.toString(), query.parameters);
  }

  private void scope(Scope scope) {
    Scope.Sql where = scope.where("d", 1);
    sql.append("WHERE ").append(where.text());
    parameters.addAll(where.parameters());
  }

  private void filter(SandboxFilter filter) {
    if (filter.phase() == null) {
      sql.append(" AND s.phase <> 'terminated'");
    } else {
      and("s.phase = %s", filter.phase().wire());
    }
    if (filter.environment() != null) {
      and("d.environment = %s", filter.environment().wire());
    }
    if (filter.ec2Status() != null) {
      and("s.ec2_status = %s", filter.ec2Status().wire());
    }
    if (filter.health() != null) {
      and("coalesce(h.status, 'unknown') = %s", filter.health().wire());
    }
    if (filter.templateId() != null) {
      and("d.template_id = %s", filter.templateId());
    }
    if (filter.tenantId() != null) {
      and("d.tenant_id = %s", filter.tenantId());
    }
    if (!filter.tags().isEmpty()) {
      and("d.tags @> %s", new JsonObject(new HashMap<>(filter.tags())));
    }
    if (filter.text() != null) {
      text(filter.text());
    }
  }

  private void text(String text) {
    String part = "%" + escape(text.toLowerCase(Locale.ROOT)) + "%";
    String name = parameter(part);
    String exact = parameter(text);
    String beginning = parameter(escape(text.toLowerCase(Locale.ROOT)) + "%");
    sql.append(
        " AND (lower(d.name) LIKE %s OR s.instance_id = %s OR s.private_ip = %s OR d.id::text LIKE %s)"
            .formatted(name, exact, exact, beginning));
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }

  private void after(SandboxSort sort, boolean descending, @Nullable Position after) {
    if (after == null) {
      return;
    }
    String value = parameter(sort.parameter(after.value()));
    String id = parameter(after.id());
    sql.append(
        " AND (%s, d.id) %s (%s::%s, %s)"
            .formatted(sort.expression(), descending ? "<" : ">", value, sort.type(), id));
  }

  private void order(SandboxSort sort, boolean descending, int rows) {
    String direction = descending ? "DESC" : "ASC";
    sql.append(
        " ORDER BY %s %s, d.id %s LIMIT %s"
            .formatted(sort.expression(), direction, direction, parameter(rows)));
  }

  private void and(String condition, Object value) {
    sql.append(" AND ").append(condition.formatted(parameter(value)));
  }

  private String parameter(Object value) {
    parameters.add(value);
    return "$" + parameters.size();
  }
}
