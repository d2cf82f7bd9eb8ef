package dev.valet.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.common.access.Permission;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteAccessTest {
  @Requires(Permission.READ)
  static class Declared {
    void inherits() {}

    @Requires(Permission.TERMINATE)
    void own() {}

    @PublicRoute("has credentials of its own")
    void open() {}

    @AnyCaller
    void anyone() {}
  }

  static class Bare {
    void nothing() {}
  }

  @Test
  void methodsOwnWordWins() throws NoSuchMethodException {
    assertThat(access(Declared.class, "inherits"))
        .isEqualTo(new RouteAccess.Needs(Permission.READ));
    assertThat(access(Declared.class, "own"))
        .isEqualTo(new RouteAccess.Needs(Permission.TERMINATE));
    assertThat(access(Declared.class, "open")).isEqualTo(new RouteAccess.Open());
    assertThat(access(Declared.class, "anyone")).isEqualTo(new RouteAccess.Anyone());
  }

  @Test
  void whatDeclaresNothingAdmitsNobody() throws NoSuchMethodException {
    RouteAccess access = access(Bare.class, "nothing");
    assertThat(access).isEqualTo(new RouteAccess.Undeclared());
    assertThat(access.admits(caller(Map.of(Permission.ADMIN, Scope.all())))).isFalse();
  }

  @Test
  void permissionThatHoldsNowhereAdmitsNobody() {
    RouteAccess access = new RouteAccess.Needs(Permission.READ);
    assertThat(access.admits(caller(Map.of(Permission.READ, Scope.none())))).isFalse();
    assertThat(access.admits(caller(Map.of(Permission.READ, Scope.all())))).isTrue();
  }

  @Test
  void callerWithoutAnyPermissionIsNobody() {
    assertThat(new RouteAccess.Anyone().admits(caller(Map.of()))).isFalse();
  }

  private static RouteAccess access(Class<?> type, String method) throws NoSuchMethodException {
    return RouteAccess.of(type, type.getDeclaredMethod(method));
  }

  private static Caller caller(Map<Permission, Scope> permissions) {
    return new Caller("https://issuer", "s", "S", List.of(), permissions, null, null);
  }
}
