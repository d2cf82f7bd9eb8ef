package dev.valet.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.common.access.BuiltInRole;
import dev.valet.common.sandbox.Environment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessDangersTest {
  @ParameterizedTest
  @ValueSource(strings = {"*", "valet-*", " ", "everyone", "Domain Users", "default-roles-valet"})
  void mappingThatMakesAdministratorsOfEverybodyIsNamed(String group) {
    assertThat(find(Map.of(group, new Mapping(BuiltInRole.ADMIN)), null))
        .singleElement()
        .asString()
        .startsWith("valet.access.groups");
  }

  @Test
  void namedGroupsAreFine() {
    assertThat(
            find(
                Map.of(
                    "valet-admins", new Mapping(BuiltInRole.ADMIN),
                    "everyone", new Mapping(BuiltInRole.VIEWER)),
                "ann@example.com"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "*@example.com", "example.com", "ann@example.com, bob@example.com"})
  void firstAdministratorIsOneAddress(String email) {
    assertThat(find(Map.of(), email)).singleElement().asString().contains("first-admin.email");
  }

  private static List<String> find(Map<String, AccessConfig.Group> groups, String email) {
    return new AccessDangers(new Config(groups, () -> Optional.ofNullable(email))).find();
  }

  private record Config(Map<String, AccessConfig.Group> groups, AccessConfig.First firstAdmin)
      implements AccessConfig {}

  private record Mapping(BuiltInRole role) implements AccessConfig.Group {
    @Override
    public Optional<String> tenant() {
      return Optional.empty();
    }

    @Override
    public Optional<Environment> environment() {
      return Optional.empty();
    }
  }
}
