package dev.valet.api.sandbox;

import dev.valet.common.WireName;
import dev.valet.common.sandbox.SandboxView;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.function.Function;

/**
 * What a list may be sorted by; the id breaks ties. Value, id and "living" come from one table, so
 * that one index holds the order of exactly the rows that are listed.
 */
enum SandboxSort implements WireName {
  NAME("name", Source.SANDBOX, SandboxListQuery.NAME, view -> view.name().toLowerCase(Locale.ROOT)),
  CREATED_AT("createdAt", Source.SANDBOX, "d.created_at", view -> view.createdAt().toString()),
  UPDATED_AT("updatedAt", Source.SANDBOX, "d.updated_at", view -> view.updatedAt().toString()),
  PHASE("phase", Source.STATUS, "s.phase", view -> view.phase().wire()),
  HEALTH("health", Source.HEALTH, "h.status", view -> view.health().status().wire());

  private final String wire;
  private final Source source;
  private final String expression;
  private final Function<SandboxView, String> value;

  SandboxSort(String wire, Source source, String expression, Function<SandboxView, String> value) {
    this.wire = wire;
    this.source = source;
    this.expression = expression;
    this.value = value;
  }

  /** The table that a sort reads along. */
  private enum Source {
    SANDBOX("d.id", "NOT d.ended", "d.ended"),
    STATUS("s.sandbox_id", "s.phase <> 'terminated'", "s.phase = 'terminated'"),
    HEALTH("h.sandbox_id", "NOT h.ended", "h.ended");

    private final String id;
    private final String living;
    private final String terminated;

    Source(String id, String living, String terminated) {
      this.id = id;
      this.living = living;
      this.terminated = terminated;
    }
  }

  @Override
  public String wire() {
    return wire;
  }

  /** SQL that is sorted by. */
  String expression() {
    return expression;
  }

  /** SQL of the id that breaks ties. */
  String id() {
    return source.id;
  }

  /** SQL condition that keeps the living, or the terminated, apart in this sort's index. */
  String among(boolean living) {
    return living ? source.living : source.terminated;
  }

  /** SQL type of the expression. */
  String type() {
    return isTime() ? "timestamptz" : "text";
  }

  /** The value of a row, as the cursor keeps it. */
  String value(SandboxView view) {
    return value.apply(view);
  }

  /** A cursor's value as a parameter of the expression's type. */
  Object parameter(String value) {
    return isTime() ? OffsetDateTime.parse(value).withOffsetSameInstant(ZoneOffset.UTC) : value;
  }

  private boolean isTime() {
    return this == CREATED_AT || this == UPDATED_AT;
  }
}
