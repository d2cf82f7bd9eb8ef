package dev.valet.api.access;

import dev.valet.api.platform.config.Dangers;
import dev.valet.common.access.Permission;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Mappings that would make administrators of everybody. */
@ApplicationScoped
class AccessDangers implements Dangers {
  /** Groups and roles that identity providers give to everybody. */
  private static final Set<String> EVERYBODY =
      Set.of(
          "all",
          "all users",
          "authenticated",
          "authenticated users",
          "domain users",
          "everyone",
          "offline_access",
          "uma_authorization",
          "user",
          "users");

  private final AccessConfig config;

  AccessDangers(AccessConfig config) {
    this.config = config;
  }

  @Override
  public List<String> find() {
    List<String> dangers = new ArrayList<>();
    config.groups().forEach((name, group) -> mapping(name, group, dangers));
    config
        .firstAdmin()
        .email()
        .filter(email -> !email.matches("[^@\\s*]+@[^@\\s*]+"))
        .ifPresent(email ->
            dangers.add(
                "valet.access.first-admin.email is \"" + email + "\": it must be one address"));
    return dangers;
  }

  private static void mapping(String name, AccessConfig.Group group, List<String> dangers) {
    if (name.isBlank() || name.contains("*")) {
      dangers.add(
          "valet.access.groups names \"" + name + "\": a group is matched by its exact name");
    } else if (givesAdmin(group) && isEverybody(name)) {
      dangers.add(
          "valet.access.groups makes administrators of the group \""
              + name
              + "\", to which everybody belongs: map a group of administrators");
    }
  }

  private static boolean givesAdmin(AccessConfig.Group group) {
    return group.role().permissions().contains(Permission.ADMIN);
  }

  private static boolean isEverybody(String name) {
    String plain = name.strip().toLowerCase(Locale.ROOT);
    return EVERYBODY.contains(plain) || plain.startsWith("default-roles");
  }
}
