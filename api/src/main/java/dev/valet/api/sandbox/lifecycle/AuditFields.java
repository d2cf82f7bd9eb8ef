package dev.valet.api.sandbox.lifecycle;

import java.util.LinkedHashMap;
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
    return fields;
  }
}
