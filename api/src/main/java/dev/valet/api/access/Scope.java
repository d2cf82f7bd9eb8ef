package dev.valet.api.access;

import dev.valet.common.sandbox.Environment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a permission holds: everywhere, or in a set of areas. Objects outside are invisible, so a
 * list checks its scope in the query ({@link #where}) and a single object answers 404.
 */
public final class Scope {
  private static final Area EVERYWHERE = new Area(null, null);
  private static final Scope ALL = new Scope(Set.of(EVERYWHERE));
  private static final Scope NONE = new Scope(Set.of());

  private final Set<Area> areas;

  private Scope(Set<Area> areas) {
    this.areas = areas;
  }

  /**
   * A tenant, an environment or both; null stands for all of them.
   *
   * @param tenantId the tenant, null for every tenant and for what belongs to none
   * @param environment the environment, null for all and for what belongs to none
   */
  public record Area(@Nullable UUID tenantId, @Nullable Environment environment) {
    boolean contains(@Nullable UUID tenant, @Nullable Environment place) {
      return (tenantId == null || tenantId.equals(tenant))
          && (environment == null || environment == place);
    }

    boolean isEverywhere() {
      return tenantId == null && environment == null;
    }
  }

  /**
   * A condition in SQL.
   *
   * @param text a boolean expression in parentheses, or TRUE or FALSE
   * @param parameters the values of its {@code $n}, in order
   */
  public record Sql(String text, List<Object> parameters) {

    /** All parameters of a statement: those that come first, then the scope's. */
    public @Nullable Object[] after(@Nullable Object... first) {
      List<@Nullable Object> all = new ArrayList<>(Arrays.asList(first));
      all.addAll(parameters);
      return all.toArray();
    }
  }

  /** Everywhere. */
  public static Scope all() {
    return ALL;
  }

  /** Nowhere: the permission is not held. */
  public static Scope none() {
    return NONE;
  }

  /** In these areas. */
  public static Scope of(Set<Area> areas) {
    if (areas.isEmpty()) {
      return NONE;
    }
    return areas.contains(EVERYWHERE) ? ALL : new Scope(Set.copyOf(areas));
  }

  /** In the areas of either. */
  public Scope plus(Scope other) {
    Set<Area> both = new HashSet<>(areas);
    both.addAll(other.areas);
    return of(both);
  }

  /** Whether the permission holds everywhere. */
  public boolean isAll() {
    return areas.contains(EVERYWHERE);
  }

  /** Whether the permission is not held at all. */
  public boolean isNone() {
    return areas.isEmpty();
  }

  /** The areas; one without tenant and environment if it holds everywhere. Unmodifiable. */
  public Set<Area> areas() {
    return areas;
  }

  /**
   * Whether an object lies inside.
   *
   * @param tenantId null for what belongs to no tenant, which only a scope without tenant contains
   * @param environment null likewise
   */
  public boolean allows(@Nullable UUID tenantId, @Nullable Environment environment) {
    return areas.stream().anyMatch(area -> area.contains(tenantId, environment));
  }

  /**
   * The same as a condition on the columns {@code tenant_id} (uuid) and {@code environment} (text).
   *
   * @param alias the table's alias in the query
   * @param firstParameter the number of the first parameter that is free, 1 or more
   */
  public Sql where(String alias, int firstParameter) {
    if (isAll()) {
      return new Sql("TRUE", List.of());
    }
    if (isNone()) {
      return new Sql("FALSE", List.of());
    }
    List<Object> parameters = new ArrayList<>();
    String text =
        areas.stream()
            .map(area -> condition(area, alias, firstParameter, parameters))
            .collect(Collectors.joining(" OR ", "(", ")"));
    return new Sql(text, List.copyOf(parameters));
  }

  private static String condition(Area area, String alias, int first, List<Object> parameters) {
    List<String> parts = new ArrayList<>();
    if (area.tenantId() != null) {
      parts.add(alias + ".tenant_id = $" + (first + parameters.size()));
      parameters.add(area.tenantId());
    }
    if (area.environment() != null) {
      parts.add(alias + ".environment = $" + (first + parameters.size()));
      parameters.add(area.environment().wire());
    }
    return "(" + String.join(" AND ", parts) + ")";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Scope scope && areas.equals(scope.areas);
  }

  @Override
  public int hashCode() {
    return areas.hashCode();
  }

  @Override
  public String toString() {
    return isAll() ? "all" : areas.toString();
  }
}
