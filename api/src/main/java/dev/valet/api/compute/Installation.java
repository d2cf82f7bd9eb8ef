package dev.valet.api.compute;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which instances are ours to act on, and where they are.
 *
 * @param id of the installation
 * @param account AWS account
 * @param region AWS region
 */
record Installation(UUID id, String account, String region) {
  static Installation of(ComputeConfig config) {
    return new Installation(config.installationId(), config.ec2().account(), config.ec2().region());
  }

  /**
   * Why a process configured like this must not use the database of another installation: one line
   * for the person who starts it; empty when both are the same.
   */
  Optional<String> refusal(Installation database) {
    List<String> differences = new ArrayList<>();
    compare(differences, "valet.installation-id", id, database.id);
    compare(differences, "valet.ec2.account", account, database.account);
    compare(differences, "valet.ec2.region", region, database.region);
    return differences.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "The database belongs to another installation, and acting on it would touch that one's"
                + " instances: "
                + String.join(", ", differences)
                + ". Correct the configuration, or start with an empty database");
  }

  private static void compare(
      List<String> differences, String setting, Object configured, Object stored) {
    if (!configured.equals(stored)) {
      differences.add(
          "%s is %s here and %s in the database".formatted(setting, configured, stored));
    }
  }
}
