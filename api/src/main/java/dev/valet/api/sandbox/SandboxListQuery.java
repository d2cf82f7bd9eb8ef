package dev.valet.api.sandbox;

import dev.valet.api.access.Scope;
import dev.valet.api.platform.query.Position;
import dev.valet.common.sandbox.Phase;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds the SQL of one page of a list. Pure; every value is a parameter. */
final class SandboxListQuery {
  /** Names ignore case and sort by their bytes, whatever the database's locale. */
  static final String NAME = "lower(d.name) COLLATE \"C\"";

  private final StringBuilder sql;
  private final List<@Nullable Object> parameters = new ArrayList<>();

  private SandboxListQuery(String select) {
    this.sql = new StringBuilder(select);
  }

  /** SQL and its parameters. */
  record Sql(String text, List<@Nullable Object> parameters) {}

  /** The page after a position; one row more than shown tells whether there is a next page. */
  static Sql page(SandboxListRequest request, Scope scope, @Nullable Position after) {
    SandboxListQuery query = new SandboxListQuery(SandboxViewStore.SELECT);
    query.scope(scope);
    query.living(request.filter(), request.sort());
    query.filter(request.filter());
    query.after(request.sort(), request.descending(), after);
    query.order(request.sort(), request.descending(), request.limit() + 1);
    return new Sql(query.sql.toString(), query.parameters);
  }

  /**
   * All that a list with this filter shows, by id, up to a number of rows.
   *
   * @param select names the columns; its tables have the aliases of the list
   */
  static Sql all(String select, SandboxFilter filter, Scope scope, int rows) {
    SandboxListQuery query = new SandboxListQuery(select);
    query.scope(scope);
    query.living(filter, SandboxSort.CREATED_AT);
    query.filter(filter);
    query.sql.append(" ORDER BY d.id LIMIT ").append(query.parameter(rows));
    return new Sql(query.sql.toString(), query.parameters);
  }

  private void scope(Scope scope) {
    Scope.Sql where = scope.where("d", 1);
    sql.append("WHERE ").append(where.text());
    parameters.addAll(where.parameters());
  }

  private void living(SandboxFilter filter, SandboxSort sort) {
    boolean living = filter.phase() != Phase.TERMINATED;
    sql.append(" AND ").append(sort.among(living));
    if (living && (filter.phase() != null || filter.ec2Status() != null)) {
      sql.append(" AND ").append(SandboxSort.PHASE.among(true));
    }
  }

  private void filter(SandboxFilter filter) {
    if (filter.phase() != null) {
      and("s.phase = %s", filter.phase().wire());
    }
    if (filter.environment() != null) {
      and("d.environment = %s", filter.environment().wire());
    }
    if (filter.ec2Status() != null) {
      and("s.ec2_status = %s", filter.ec2Status().wire());
    }
    if (filter.health() != null) {
      and("h.status = %s", filter.health().wire());
    }
    if (filter.hatchet() != null) {
      and("h.hatchet_state = %s", filter.hatchet().wire());
    }
    if (filter.templateId() != null) {
      and("d.template_id = %s", filter.templateId());
    }
    if (filter.templateVersion() != null) {
      and("d.template_version = %s", filter.templateVersion());
    }
    if (filter.drifted() != null) {
      drift(filter.drifted());
    }
    if (filter.tenantId() != null) {
      and("d.tenant_id = %s", filter.tenantId());
    }
    if (!filter.tags().isEmpty()) {
      and("d.tags @> %s", new JsonObject(new HashMap<>(filter.tags())));
    }
    if (filter.text() != null) {
      text(SearchText.of(filter.text()));
    }
  }

  /**
   * No version is above the latest. Asked as more or less and not as equal or not, which the
   * database would take for rare or certain: it could not know, and would sort the fleet.
   */
  private void drift(boolean drifted) {
    sql.append(" AND coalesce(s.applied_template_version, d.template_version) ")
        .append(drifted ? "<" : ">=")
        .append(" t.latest_version");
  }

  /**
   * Each way to find something has its index; a condition over all of them at once would use none.
   */
  private void text(SearchText text) {
    if (text.isNameOnly()) {
      and(NAME + " LIKE %s", text.namePattern());
      return;
    }
    List<String> ways = new ArrayList<>();
    ways.add("SELECT d.id FROM sandbox d WHERE " + NAME + " LIKE " + parameter(text.namePattern()));
    if (text.instanceId() != null) {
      ways.add(bySandboxId("instance_id = " + parameter(text.instanceId())));
    }
    if (text.address() != null) {
      ways.add(bySandboxId("private_ip = " + parameter(text.address())));
    }
    if (text.ids() != null) {
      String first = parameter(text.ids().first());
      ways.add(
          "SELECT id FROM sandbox WHERE id BETWEEN "
              + first
              + " AND "
              + parameter(text.ids().last()));
    }
    sql.append(" AND d.id IN (").append(String.join(" UNION ", ways)).append(")");
  }

  private static String bySandboxId(String condition) {
    return "SELECT sandbox_id FROM sandbox_status WHERE " + condition;
  }

  private void after(SandboxSort sort, boolean descending, @Nullable Position after) {
    if (after == null) {
      return;
    }
    String value = parameter(sort.parameter(after.value()));
    String id = parameter(after.id());
    sql.append(
        " AND (%s, %s) %s (%s::%s, %s)"
            .formatted(
                sort.expression(), sort.id(), descending ? "<" : ">", value, sort.type(), id));
  }

  private void order(SandboxSort sort, boolean descending, int rows) {
    String direction = descending ? "DESC" : "ASC";
    sql.append(
        " ORDER BY %s %s, %s %s LIMIT %s"
            .formatted(sort.expression(), direction, sort.id(), direction, parameter(rows)));
  }

  private void and(String condition, Object value) {
    sql.append(" AND ").append(condition.formatted(parameter(value)));
  }

  private String parameter(Object value) {
    parameters.add(value);
    return "$" + parameters.size();
  }
}
