package dev.valet.api.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.api.access.Caller;
import dev.valet.api.access.Idempotency;
import dev.valet.api.access.StoredResponse;
import dev.valet.api.platform.db.SqlStates;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.platform.time.Ids;
import dev.valet.common.access.Permission;
import dev.valet.common.problem.ProblemType;
import dev.valet.common.template.CloneTemplateRequest;
import dev.valet.common.template.CreateTemplateRequest;
import dev.valet.common.template.CreateTemplateVersionRequest;
import dev.valet.common.template.SavedTemplate;
import dev.valet.common.template.TemplateSpec;
import dev.valet.common.template.TemplateValidation;
import dev.valet.common.template.TemplateVersionView;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Adds templates and versions. A version never changes once it is stored. Templates belong to no
 * tenant, so whoever changes them must hold permission admin everywhere.
 */
@ApplicationScoped
class TemplateEditing {
  private static final int CREATED = 201;

  private final Transactions transactions;
  private final Idempotency idempotency;
  private final TemplateStore store;
  private final SpecReading reading;
  private final SpecValidation validation;
  private final TemplateAudit audit;
  private final ObjectMapper json;
  private final Ids ids;
  private final Clock clock;

  TemplateEditing(
      Transactions transactions,
      Idempotency idempotency,
      TemplateStore store,
      SpecReading reading,
      SpecValidation validation,
      TemplateAudit audit,
      ObjectMapper json,
      Ids ids,
      Clock clock) {
    this.transactions = transactions;
    this.idempotency = idempotency;
    this.store = store;
    this.reading = reading;
    this.validation = validation;
    this.audit = audit;
    this.json = json;
    this.ids = ids;
    this.clock = clock;
  }

  /** How a creating request was sent. */
  record Sent(Caller caller, @Nullable String idempotencyKey, boolean validate) {}

  /**
   * Creates a template with its first version.
   *
   * @throws ProblemException validation, forbidden, name-taken, idempotency-mismatch
   */
  Uni<StoredResponse> create(Sent sent, CreateTemplateRequest request) {
    everywhere(sent.caller());
    reading.check(request, request.spec());
    return validated(sent, request.spec())
        .chain(checked ->
            once(
                sent,
                "POST /api/v1/templates",
                request,
                tx -> {
                  Template template = template(request.name(), request.description());
                  return insert(tx, template, request.spec())
                      .call(() -> audit.created(tx, sent.caller(), template, request.spec()))
                      .map(version -> new SavedTemplate(template.view(), version, checked));
                }));
  }

  /**
   * Makes a version of one template the first version of another.
   *
   * @throws ProblemException validation, forbidden, not-found, name-taken, idempotency-mismatch
   */
  Uni<StoredResponse> copy(Sent sent, UUID id, CloneTemplateRequest request) {
    everywhere(sent.caller());
    reading.check(request, null);
    return once(
        sent,
        "POST /api/v1/templates/" + id + "/clone",
        request,
        tx -> held(tx, id).chain(original -> copy(tx, sent, original, request)));
  }

  private Uni<SavedTemplate> copy(
      Tx tx, Sent sent, Template original, CloneTemplateRequest request) {
    int number = Objects.requireNonNullElse(request.version(), original.latestVersion);
    Template template =
        template(
            request.name(),
            request.description() == null ? original.description : request.description());
    return base(tx, original, "version", number)
        .chain(version ->
            insert(tx, template, version.spec())
                .call(() -> audit.cloned(tx, sent.caller(), template, version)))
        .map(version -> new SavedTemplate(template.view(), version, null));
  }

  /**
   * Adds a version.
   *
   * @param expected the template's version that the caller saw
   * @throws ProblemException validation, forbidden, not-found, precondition-failed
   */
  Uni<StoredResponse> addVersion(
      Sent sent, UUID id, long expected, CreateTemplateVersionRequest request) {
    everywhere(sent.caller());
    reading.check(request, request.spec());
    oneOfBoth(request);
    return store
        .find(id)
        .onItem()
        .ifNull()
        .failWith(() -> ProblemException.notFound("template " + id))
        .chain(seen -> spec(id, seen.latestVersion(), request))
        .chain(spec ->
            validated(sent, spec)
                .chain(checked ->
                    once(
                        sent,
                        "POST /api/v1/templates/" + id + "/versions",
                        request,
                        tx ->
                            held(tx, id)
                                .chain(t -> add(tx, sent.caller(), t, expected, spec, checked)))));
  }

  private static void oneOfBoth(CreateTemplateVersionRequest request) {
    if (request.spec() != null && (request.changes() != null || request.baseVersion() != null)) {
      throw ProblemException.field(
          "spec", "is the whole new version: give either it, or changes to a baseVersion");
    }
  }

  /** A stored version never changes, so it can be read before the transaction. */
  private Uni<TemplateSpec> spec(UUID id, int latest, CreateTemplateVersionRequest request) {
    int number = Objects.requireNonNullElse(request.baseVersion(), latest);
    return store
        .findVersion(id, number)
        .onItem()
        .ifNull()
        .failWith(() -> noVersion("baseVersion", latest))
        .map(base -> reading.of(request, base.spec()));
  }

  private Uni<SavedTemplate> add(
      Tx tx,
      Caller caller,
      Template template,
      long expected,
      TemplateSpec spec,
      @Nullable TemplateValidation checked) {
    if (template.version != expected) {
      throw ProblemException.of(
          ProblemType.PRECONDITION_FAILED,
          "The template has changed: If-Match names version %d, it is %d, with %d as its latest version. Read it again."
              .formatted(expected, template.version, template.latestVersion));
    }
    return base(tx, template, "baseVersion", template.latestVersion)
        .chain(before -> {
          template.latestVersion++;
          template.touch(clock.instant());
          return tx.flush()
              .chain(() -> insertVersion(tx, template, spec))
              .call(() -> audit.versionAdded(tx, caller, template, before.spec(), spec));
        })
        .map(version -> new SavedTemplate(template.view(), version, checked));
  }

  private Uni<@Nullable TemplateValidation> validated(Sent sent, TemplateSpec spec) {
    return sent.validate()
        ? validation.require(spec).map(passed -> passed)
        : Uni.createFrom().nullItem();
  }

  private Template template(String name, @Nullable String description) {
    return Template.first(ids.uuid(), name, description, clock.instant());
  }

  private Uni<TemplateVersionView> insert(Tx tx, Template template, TemplateSpec spec) {
    return store
        .exists(tx, template.name)
        .invoke(taken -> {
          if (taken) {
            throw nameTaken(template);
          }
        })
        .chain(() -> tx.persist(template))
        .onFailure(SqlStates::isUniqueViolation)
        .transform(twin -> nameTaken(template))
        .chain(() -> insertVersion(tx, template, spec));
  }

  private Uni<TemplateVersionView> insertVersion(Tx tx, Template template, TemplateSpec spec) {
    TemplateVersionView version =
        new TemplateVersionView(template.id, template.latestVersion, spec, template.updatedAt);
    return store
        .insertVersion(tx, template.id, version.version(), spec, version.createdAt())
        .replaceWith(version);
  }

  private static ProblemException nameTaken(Template template) {
    return ProblemException.of(
        ProblemType.NAME_TAKEN,
        "A template named %s exists already; names are unique, case ignored."
            .formatted(template.name));
  }

  private Uni<Template> held(Tx tx, UUID id) {
    return store
        .lock(tx, id)
        .onItem()
        .ifNull()
        .failWith(() -> ProblemException.notFound("template " + id));
  }

  private Uni<TemplateVersionView> base(Tx tx, Template template, String field, int version) {
    return store
        .findVersion(tx, template.id, version)
        .onItem()
        .ifNull()
        .failWith(() -> noVersion(field, template.latestVersion));
  }

  private static ProblemException noVersion(String field, int latest) {
    return ProblemException.field(field, "does not exist", List.of("1 to " + latest));
  }

  /** The work of a creating request; what it yields is kept as the answer. */
  @FunctionalInterface
  private interface Work {
    Uni<SavedTemplate> in(Tx tx);
  }

  private Uni<StoredResponse> once(Sent sent, String route, Object body, Work work) {
    byte[] hash = idempotency.hash(body);
    return transactions.write(tx ->
        idempotency.once(
            tx,
            sent.caller(),
            route,
            sent.idempotencyKey(),
            hash,
            () -> work.in(tx).map(this::answer)));
  }

  private StoredResponse answer(SavedTemplate saved) {
    String location = "/api/v1/templates/%s".formatted(saved.template().id());
    return new StoredResponse(CREATED, location, write(saved));
  }

  private String write(SavedTemplate saved) {
    try {
      return json.writeValueAsString(saved);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a template cannot be written", e);
    }
  }

  static void everywhere(Caller caller) {
    if (!caller.scope(Permission.ADMIN).isAll()) {
      throw ProblemException.forbidden(
          "Templates belong to all tenants: changing them needs the permission \"admin\" everywhere");
    }
  }
}
