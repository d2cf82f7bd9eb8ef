package dev.valet.api.template;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.api.audit.AuditEntry;
import dev.valet.api.audit.AuditLog;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.loop.Contexts;
import dev.valet.api.platform.problem.BodyChecks;
import dev.valet.api.platform.security.Actor;
import dev.valet.api.platform.time.Ids;
import dev.valet.common.problem.FieldError;
import dev.valet.common.template.TemplateSpec;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Creates the configured templates at the first start. A file that is wrong stops the start. */
@ApplicationScoped
class TemplateSeed {
  private static final Duration START_LIMIT = Duration.ofSeconds(30);

  private final TemplateConfig config;
  private final TemplateStore store;
  private final Transactions transactions;
  private final Contexts contexts;
  private final AuditLog audit;
  private final BodyChecks checks;
  private final ObjectMapper json;
  private final Ids ids;
  private final Clock clock;

  TemplateSeed(
      TemplateConfig config,
      TemplateStore store,
      Transactions transactions,
      Contexts contexts,
      AuditLog audit,
      BodyChecks checks,
      ObjectMapper json,
      Ids ids,
      Clock clock) {
    this.config = config;
    this.store = store;
    this.transactions = transactions;
    this.contexts = contexts;
    this.audit = audit;
    this.checks = checks;
    this.json = json;
    this.ids = ids;
    this.clock = clock;
  }

  /** A template of the file. */
  @RegisterForReflection // read as JSON
  record Entry(
      @NotNull @Size(min = 1, max = 100) String name,
      @Nullable @Size(max = 1_000) String description,
      @NotNull @Valid TemplateSpec spec) {}

  void start(@Observes StartupEvent event) {
    config.seedFile().map(this::read).ifPresent(this::createMissing);
  }

  /** Blocks the start, on purpose: requests must find the templates. */
  private void createMissing(List<Entry> entries) {
    contexts
        .fresh(() ->
            Multi.createFrom()
                .iterable(entries)
                .onItem()
                .transformToUniAndConcatenate(this::createIfMissing)
                .collect()
                .last())
        .await()
        .atMost(START_LIMIT);
  }

  private Uni<Void> createIfMissing(Entry entry) {
    return transactions.write(tx ->
        store
            .exists(tx, entry.name())
            .chain(exists -> exists ? Uni.createFrom().voidItem() : create(tx, entry)));
  }

  private Uni<Void> create(Tx tx, Entry entry) {
    Template template =
        Template.first(ids.uuid(), entry.name(), entry.description(), clock.instant());
    return tx.persist(template)
        .chain(() -> store.insertVersion(tx, template.id, 1, entry.spec(), template.createdAt))
        .chain(() -> audit.record(tx, created(template)));
  }

  private static AuditEntry created(Template template) {
    return AuditEntry.of(Actor.system("template-seed"), "template.create")
        .on("template", template.id)
        .change(Map.of(), Map.of("name", template.name, "version", 1));
  }

  private List<Entry> read(Path file) {
    List<Entry> entries;
    try {
      entries =
          json.readValue(
              file.toFile(),
              json.getTypeFactory().constructCollectionType(List.class, Entry.class));
    } catch (IOException e) {
      throw new IllegalStateException(
          "valet.template.seed-file " + file + " cannot be read: " + e.getMessage(), e);
    }
    entries.forEach(entry -> check(file, entry));
    return entries;
  }

  private void check(Path file, Entry entry) {
    List<FieldError> faults = new ArrayList<>(checks.faults(entry));
    if (faults.isEmpty()) {
      faults.addAll(SpecRules.faults(entry.spec()));
    }
    if (!faults.isEmpty()) {
      throw new IllegalStateException(
          "valet.template.seed-file %s, template %s: %s"
              .formatted(file, entry.name(), describe(faults)));
    }
  }

  private static String describe(List<FieldError> faults) {
    return faults.stream()
        .map(fault -> fault.field() + " " + fault.message())
        .collect(Collectors.joining("; "));
  }
}
