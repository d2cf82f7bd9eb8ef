package dev.valet.api.sandbox;

import dev.valet.common.WireName;
import dev.valet.common.sandbox.SandboxView;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.function.Function;

/** What a list may be sorted by; the id breaks ties. */
enum SandboxSort implements WireName {
  NAME("name", "lower(d.name)", "text", view -> view.name().toLowerCase(Locale.ROOT)),
  CREATED_AT("createdAt", "d.created_at", "timestamptz", view -> view.createdAt().toString()),
  UPDATED_AT("updatedAt", "d.updated_at", "timestamptz", view -> view.updatedAt().toString()),
  PHASE("phase", "s.phase", "text", view -> view.phase().wire()),
  HEALTH("health", "coalesce(h.status, 'unknown')", "text", view -> view.health().status().wire());

  private final String wire;
  private final String expression;
  private final String type;
  private final Function<SandboxView, String> value;

  SandboxSort(String wire, String expression, String type, Function<SandboxView, String> value) {
    this.wire = wire;
    this.expression = expression;
    this.type = type;
    this.value = value;
  }

  @Override
  public String wire() {
    return wire;
  }

  /** SQL that is sorted by. */
  String expression() {
    return expression;
  }

  /** SQL type of the expression. */
  String type() {
    return type;
  }

  /** The value of a row, as the cursor keeps it. */
  String value(SandboxView view) {
    return value.apply(view);
  }

  /** A cursor's value as a parameter of the expression's type. */
  Object parameter(String value) {
    return type.equals("timestamptz")
        ? OffsetDateTime.parse(value).withOffsetSameInstant(ZoneOffset.UTC)
        : value;
  }
}
