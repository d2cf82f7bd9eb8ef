package dev.valet.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.common.sandbox.Environment;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ScopeTest {
  private static final UUID ONE = UUID.fromString("0197f0a0-0000-7000-8000-000000000001");
  private static final UUID TWO = UUID.fromString("0197f0a0-0000-7000-8000-000000000002");

  @Test
  void everywhereContainsEvenWhatBelongsToNobody() {
    assertThat(Scope.all().allows(null, null)).isTrue();
    assertThat(Scope.all().where("s", 1)).isEqualTo(new Scope.Sql("TRUE", List.of()));
  }

  @Test
  void nowhereContainsNothing() {
    assertThat(Scope.none().allows(ONE, Environment.DEV)).isFalse();
    assertThat(Scope.of(Set.of())).isEqualTo(Scope.none());
    assertThat(Scope.none().where("s", 1).text()).isEqualTo("FALSE");
  }

  @Test
  void areaContainsItsOwnTenantAndEnvironmentOnly() {
    Scope scope = Scope.of(Set.of(new Scope.Area(ONE, Environment.DEV)));
    assertThat(scope.allows(ONE, Environment.DEV)).isTrue();
    assertThat(scope.allows(TWO, Environment.DEV)).isFalse();
    assertThat(scope.allows(ONE, Environment.PROD)).isFalse();
    assertThat(scope.allows(null, Environment.DEV)).isFalse();
    assertThat(scope.allows(ONE, null)).isFalse();
  }

  @Test
  void areasAddUp() {
    Scope both =
        Scope.of(Set.of(new Scope.Area(ONE, null)))
            .plus(Scope.of(Set.of(new Scope.Area(null, Environment.DEV))));
    assertThat(both.allows(ONE, Environment.PROD)).isTrue();
    assertThat(both.allows(TWO, Environment.DEV)).isTrue();
    assertThat(both.allows(TWO, Environment.PROD)).isFalse();
  }

  @Test
  void oneAreaOfEverythingIsEverywhere() {
    Scope scope = Scope.of(Set.of(new Scope.Area(ONE, null), new Scope.Area(null, null)));
    assertThat(scope).isEqualTo(Scope.all());
    assertThat(Scope.none().plus(Scope.all()).isAll()).isTrue();
  }

  @Test
  void conditionNumbersItsParametersFromTheGivenOne() {
    Scope.Sql sql = Scope.of(Set.of(new Scope.Area(ONE, Environment.STAGING))).where("d", 4);
    assertThat(sql.text()).isEqualTo("((d.tenant_id = $4 AND d.environment = $5))");
    assertThat(sql.parameters()).containsExactly(ONE, "staging");
  }

  @Test
  void conditionOfSeveralAreasCountsOn() {
    Scope scope =
        Scope.of(Set.of(new Scope.Area(ONE, null), new Scope.Area(TWO, Environment.PROD)));
    Scope.Sql sql = scope.where("d", 2);
    assertThat(sql.text()).contains("$2", "$3", "$4", " OR ").doesNotContain("$1", "$5");
    assertThat(sql.parameters()).hasSize(3);
  }
}
