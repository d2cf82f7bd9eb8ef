package dev.valet.api.sandbox.lifecycle;

import dev.valet.common.sandbox.SandboxView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tracked fields of a status row in the audit log. Pure. */
final class AuditFields {
  private AuditFields() {}

  static Map<String, Object> of(SandboxStatus status) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("phase", status.phase().name().wire());
    if (status.instance() != null) {
      fields.put("instanceId", status.instance().instanceId());
      fields.put("ec2Status", status.instance().status().wire());
    }
    if (!status.tags().applied().isEmpty()) {
      fields.put("tags", status.tags().applied());
    }
    if (!status.conditions().isEmpty()) {
      fields.put("conditions", conditions(status));
    }
    return fields;
  }

  /** What is remarked on, such as an exhausted repair. */
  static List<String> conditions(SandboxStatus status) {
    return status.conditions().stream().map(SandboxView.Condition::type).sorted().toList();
  }
}
