package dev.valet.api.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.common.access.BuiltInRole;
import dev.valet.common.sandbox.Environment;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LastAdminTest {
  @Test
  void changeThatLeavesNobodyIsRefused() {
    assertThatThrownBy(() -> check(Map.of(), false))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("Nobody would hold \"admin\" everywhere");
  }

  @Test
  void anotherGrantIsEnough() {
    assertThatCode(() -> check(Map.of(), true)).doesNotThrowAnyException();
  }

  @Test
  void groupMappingIsEnoughIfItGivesAdminEverywhere() {
    var admins = new Mapping(BuiltInRole.ADMIN, Optional.empty(), Optional.empty());
    assertThatCode(() -> check(Map.of("admins", admins), false)).doesNotThrowAnyException();
  }

  @Test
  void groupMappingOfAPartIsNotEnough() {
    var dev = new Mapping(BuiltInRole.ADMIN, Optional.empty(), Optional.of(Environment.DEV));
    var tenant = new Mapping(BuiltInRole.ADMIN, Optional.of("default"), Optional.empty());
    var operator = new Mapping(BuiltInRole.OPERATOR, Optional.empty(), Optional.empty());
    assertThatThrownBy(() -> check(Map.of("a", dev, "b", tenant, "c", operator), false))
        .isInstanceOf(ProblemException.class);
  }

  private static void check(Map<String, AccessConfig.Group> groups, boolean another) {
    new LastAdmin(new Config(groups), new Grants(another)).mustRemain(null).await().indefinitely();
  }

  private record Mapping(
      BuiltInRole role, Optional<String> tenant, Optional<Environment> environment)
      implements AccessConfig.Group {}

  private record Config(Map<String, AccessConfig.Group> groups) implements AccessConfig {
    @Override
    public First firstAdmin() {
      return Optional::empty;
    }
  }

  private static final class Grants extends GrantStore {
    private final boolean another;

    Grants(boolean another) {
      super(null);
      this.another = another;
    }

    @Override
    Uni<Boolean> hasAdminEverywhere(Tx tx) {
      return Uni.createFrom().item(another);
    }
  }
}
