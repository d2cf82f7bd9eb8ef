package dev.valet.api.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.access.Scope;
import dev.valet.api.access.Scope.Area;
import dev.valet.common.health.HatchetState;
import dev.valet.common.health.HealthStatus;
import dev.valet.common.sandbox.Ec2Status;
import dev.valet.common.sandbox.Environment;
import dev.valet.common.sandbox.Phase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How PostgreSQL finds a page among 10,000 living and 5,000 terminated sandboxes: by an index, with
 * an effort that has to do with the page and not with the fleet. Whoever may see a part only must
 * not wait longer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SandboxListPlansIT {
  /** A look at every living sandbox in the three tables would be 30,000 rows and 90,000 blocks. */
  private static final long MOST_ROWS = 7_500;

  private static final long MOST_BLOCKS = 6_000;
  private static final long MOST_SORTED = 1_000;

  private FleetOnPaper fleet;
  private final Map<String, Scope> scopes = new LinkedHashMap<>();

  @BeforeAll
  void fill() throws SQLException {
    fleet = FleetOnPaper.fill();
    var large = fleet.tenant("sample-large");
    var tiny = fleet.tenant("sample-tiny");
    scopes.put("everywhere", Scope.all());
    scopes.put("large tenant", Scope.of(Set.of(new Area(large, null))));
    scopes.put("tiny tenant", Scope.of(Set.of(new Area(tiny, null))));
    scopes.put("environment", Scope.of(Set.of(new Area(null, Environment.STAGING))));
    scopes.put("tenant's environment", Scope.of(Set.of(new Area(large, Environment.DEV))));
    scopes.put(
        "two areas", Scope.of(Set.of(new Area(tiny, null), new Area(large, Environment.STAGING))));
  }

  @AfterAll
  void drop() {
    fleet.close();
  }

  @ParameterizedTest
  @MethodSource("filters")
  void filterIsAnsweredFromIndexes(Asked asked) {
    check(asked.parameters(fleet), asked.name());
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "createdAt", "updatedAt", "phase", "health"})
  void sortIsReadAlongAnIndexBothWays(String sort) {
    for (String direction : List.of("", "-")) {
      SandboxListParameters parameters = plain();
      parameters.sort = direction + sort;
      check(parameters, parameters.sort);
    }
  }

  /** Else the plans that are seen here are not those of the sixth run. */
  @Test
  void plansAreMadeForTheValuesAsked() {
    assertThat(fleet.plansForTheValuesAsked()).isTrue();
  }

  /** Not by phase and health, in which they are all alike. */
  @ParameterizedTest
  @ValueSource(strings = {"name", "-name", "createdAt", "-createdAt", "updatedAt", "-updatedAt"})
  void terminatedOnesAreReadAlongAnIndexToo(String sort) {
    SandboxListParameters parameters = plain();
    parameters.phase = Phase.TERMINATED;
    parameters.sort = sort;
    check(parameters, "terminated by " + sort);
  }

  /**
   * Drift is a relation of three tables, so it has no index: a page may take one walk, not more.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void driftIsFoundInOneWalkOverTheLiving(boolean drifted) {
    SandboxListParameters parameters = plain();
    parameters.drifted = drifted;
    SandboxListRequest request = SandboxListRequest.of(parameters);
    scopes.forEach((name, scope) -> {
      QueryPlan plan = fleet.first(request, scope);
      assertThat(plan.rowsTouched())
          .as("drifted %s, %s%n%s", drifted, name, plan)
          .isLessThan(4L * FleetOnPaper.LIVING);
    });
  }

  private void check(SandboxListParameters parameters, String name) {
    SandboxListRequest request = SandboxListRequest.of(parameters);
    scopes.forEach((scopeName, scope) -> {
      String what = name + ", " + scopeName;
      check(fleet.first(request, scope), what + ", first page");
      QueryPlan deep = fleet.deep(request, scope);
      if (deep != null) {
        check(deep, what + ", deep page");
      }
    });
  }

  private static void check(QueryPlan plan, String what) {
    assertThat(plan.wholeTables())
        .as("%s: tables read as a whole%n%s", what, plan)
        .doesNotContain("sandbox", "sandbox_status", "sandbox_health");
    assertThat(plan.rowsTouched()).as("%s: rows touched%n%s", what, plan).isLessThan(MOST_ROWS);
    assertThat(plan.rowsSorted()).as("%s: rows sorted%n%s", what, plan).isLessThan(MOST_SORTED);
    assertThat(plan.blocks()).as("%s: blocks read%n%s", what, plan).isLessThan(MOST_BLOCKS);
  }

  /** A filter, or several; {@code set} is given the fleet for its ids. */
  record Asked(String name, FilterSetter set) {
    SandboxListParameters parameters(FleetOnPaper fleet) {
      SandboxListParameters parameters = plain();
      set.set(parameters, fleet);
      return parameters;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @FunctionalInterface
  interface FilterSetter {
    void set(SandboxListParameters parameters, FleetOnPaper fleet);
  }

  private static SandboxListParameters plain() {
    SandboxListParameters parameters = new SandboxListParameters();
    parameters.sort = "-createdAt";
    parameters.limit = 50;
    return parameters;
  }

  /** Each filter with values that many, some, few and no sandboxes have. */
  static List<Asked> filters() {
    List<Asked> all = new ArrayList<>();
    each(all, "environment", List.of(Environment.values()), (p, value) -> p.environment = value);
    each(all, "phase", List.of(Phase.values()), (p, value) -> p.phase = value);
    each(all, "ec2Status", List.of(Ec2Status.values()), (p, value) -> p.ec2Status = value);
    each(all, "health", List.of(HealthStatus.values()), (p, value) -> p.health = value);
    each(all, "hatchet", List.of(HatchetState.values()), (p, value) -> p.hatchet = value);
    for (String name : List.of("sample-chromium", "sample-desktop", "sample-trial")) {
      all.add(new Asked("template " + name, (p, fleet) -> p.templateId = fleet.template(name)));
    }
    for (int version : List.of(1, 2, 99)) {
      all.add(
          new Asked(
              "version " + version + " of a template",
              (p, fleet) -> {
                p.templateId = fleet.template("sample-chromium");
                p.templateVersion = version;
              }));
    }
    for (String slug : List.of("sample-large", "sample-g", "sample-tiny")) {
      all.add(new Asked("tenant " + slug, (p, fleet) -> p.tenantId = fleet.tenant(slug)));
    }
    List<String> tags = List.of("team:checkout", "team:research", "ticket:OPS-500", "team:nobody");
    each(all, "tag", tags, (p, value) -> p.tag = List.of(value));
    List<String> texts =
        List.of(
            "checkout",
            "research",
            "search-replay",
            "-777",
            "re",
            "zz",
            "nothing like it",
            "i-00000000000000309",
            "10.0.3.9",
            "deadbeef");
    each(all, "q", texts, (p, value) -> p.q = value);
    all.add(
        new Asked(
            "q beginning of an id",
            (p, fleet) -> p.q = fleet.someSandbox().toString().substring(0, 13)));
    all.addAll(combinations());
    return all;
  }

  private static <T> void each(
      List<Asked> all, String filter, List<T> values, BiConsumer<SandboxListParameters, T> set) {
    values.forEach(
        value -> all.add(new Asked(filter + " " + value, (p, fleet) -> set.accept(p, value))));
  }

  /** The combinations that docs/benchmarks.md measures. */
  private static List<Asked> combinations() {
    return List.of(
        new Asked(
            "sick in production",
            (p, fleet) -> {
              p.environment = Environment.PROD;
              p.phase = Phase.RUNNING;
              p.health = HealthStatus.UNHEALTHY;
            }),
        new Asked(
            "a tenant's use of a template",
            (p, fleet) -> {
              p.tenantId = fleet.tenant("sample-middle");
              p.templateId = fleet.template("sample-desktop");
              p.ec2Status = Ec2Status.RUNNING;
            }),
        new Asked(
            "search in a team",
            (p, fleet) -> {
              p.environment = Environment.DEV;
              p.tag = List.of("team:search");
              p.q = "crawler";
            }));
  }
}
