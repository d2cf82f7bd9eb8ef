package dev.valet.api.sandbox;

import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.template.Parameters;
import dev.valet.common.template.TemplateSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a sandbox shall become: everything resolved. Pure.
 *
 * @param parameters complete values for that version
 */
record UpgradeWish(int templateVersion, Map<String, Object> parameters, int capacity) {

  /**
   * Carries what the sandbox has over to another version. What was left at the old version's
   * default follows the new one's: parameters, and capacity.
   *
   * @throws ProblemException validation, with one entry per wrong parameter
   */
  static UpgradeWish of(
      Sandbox sandbox,
      TemplateSpec present,
      int version,
      TemplateSpec wanted,
      Map<String, Object> given) {
    Parameters.Resolved resolved =
        Parameters.carry(present.parameters(), sandbox.parameters, wanted.parameters(), given);
    if (!resolved.errors().isEmpty()) {
      throw ProblemException.fields(resolved.errors());
    }
    int capacity = sandbox.capacity == present.capacity() ? wanted.capacity() : sandbox.capacity;
    return new UpgradeWish(version, resolved.values(), capacity);
  }

  /** Whether the sandbox is not wanted so yet. */
  boolean isNewFor(Sandbox sandbox) {
    return !of(sandbox).equals(this);
  }

  /** For the audit log. */
  static Map<String, Object> fields(Sandbox sandbox) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("templateVersion", sandbox.templateVersion);
    fields.put("parameters", sandbox.parameters);
    fields.put("capacity", sandbox.capacity);
    fields.put("desired", sandbox.desired);
    return fields;
  }

  private static UpgradeWish of(Sandbox sandbox) {
    return new UpgradeWish(sandbox.templateVersion, sandbox.parameters, sandbox.capacity);
  }
}
