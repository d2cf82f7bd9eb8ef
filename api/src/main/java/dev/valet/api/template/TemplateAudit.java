package dev.valet.api.template;

import dev.valet.api.access.Caller;
import dev.valet.api.audit.AuditEntry;
import dev.valet.api.audit.AuditLog;
import dev.valet.api.platform.db.Tx;
import dev.valet.common.template.TemplateChange;
import dev.valet.common.template.TemplateSpec;
import dev.valet.common.template.TemplateVersionView;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How changes of templates stand in the audit log: what differs, before and after. */
@Singleton
class TemplateAudit {
  private final AuditLog audit;
  private final SpecCodec codec;

  TemplateAudit(AuditLog audit, SpecCodec codec) {
    this.audit = audit;
    this.codec = codec;
  }

  Uni<Void> created(Tx tx, Caller caller, Template template, TemplateSpec spec) {
    Map<String, Object> after = named(template);
    after.put("spec", codec.write(spec).getMap());
    return audit.record(tx, entry(caller, template, "create").change(Map.of(), after));
  }

  Uni<Void> cloned(Tx tx, Caller caller, Template template, TemplateVersionView original) {
    Map<String, Object> after = named(template);
    after.put("clonedFrom", original.templateId() + ":" + original.version());
    return audit.record(tx, entry(caller, template, "clone").change(Map.of(), after));
  }

  Uni<Void> versionAdded(
      Tx tx, Caller caller, Template template, TemplateSpec before, TemplateSpec after) {
    Map<String, @Nullable Object> old = new LinkedHashMap<>();
    Map<String, @Nullable Object> now = new LinkedHashMap<>();
    old.put("latestVersion", template.latestVersion - 1);
    now.put("latestVersion", template.latestVersion);
    List<TemplateChange> changes = SpecComparison.between(before, after);
    changes.forEach(change -> {
      old.put(change.path(), change.before());
      now.put(change.path(), change.after());
    });
    return audit.record(tx, entry(caller, template, "version").change(old, now));
  }

  Uni<Void> retired(Tx tx, Caller caller, Template template) {
    boolean retired = template.retiredAt != null;
    return audit.record(
        tx,
        entry(caller, template, retired ? "retire" : "unretire")
            .change(Map.of("retired", !retired), Map.of("retired", retired)));
  }

  private static Map<String, Object> named(Template template) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", template.name);
    fields.put("latestVersion", template.latestVersion);
    return fields;
  }

  private static AuditEntry entry(Caller caller, Template template, String verb) {
    return AuditEntry.of(caller.actor(), "template." + verb).on("template", template.id);
  }
}
