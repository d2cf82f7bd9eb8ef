package dev.valet.agent.identity;

import dev.valet.agent.identity.ApiAnswer.Accepted;
import dev.valet.agent.identity.ApiAnswer.Enrolled;
import dev.valet.agent.identity.ApiAnswer.Unavailable;
import dev.valet.agent.identity.AttemptOutcome.Refused;
import dev.valet.agent.identity.AttemptOutcome.TryAgain;
import dev.valet.agent.platform.ProcessFacts;
import dev.valet.agent.platform.Secret;
import dev.valet.agent.platform.Settings;
import dev.valet.common.agent.AgentConfig;
import dev.valet.common.agent.AgentContact;
import dev.valet.common.agent.EnrollRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One attempt: instance id, then the stored credential, and only if there is none or it is refused
 * the one-use token. Attempts must not overlap.
 */
@Singleton
final class EnrolmentAttempt {
  private final Vertx vertx;
  private final Settings settings;
  private final ProcessFacts process;
  private final Imds imds;
  private final AgentApi api;
  private final CredentialStore store;

  private volatile @Nullable String knownInstanceId;

  /** Given by the API, but not on the volume yet: the disk may be full for a while. */
  private volatile @Nullable Secret unsaved;

  EnrolmentAttempt(
      Vertx vertx,
      Settings settings,
      ProcessFacts process,
      Imds imds,
      AgentApi api,
      CredentialStore store) {
    this.vertx = vertx;
    this.settings = settings;
    this.process = process;
    this.imds = imds;
    this.api = api;
    this.store = store;
  }

  /**
   * Never fails.
   *
   * @param mayEnrol whether the one-use token may be spent if the credential is refused; not by a
   *     process that has enrolled already, for its token is spent and a second use is an alarm
   */
  Future<AttemptOutcome> run(boolean mayEnrol) {
    return Future.succeededFuture()
        .compose(begin -> instanceId())
        .compose(id -> credential().compose(held -> identify(id, held, mayEnrol)))
        .otherwise(failure -> tryAgain(Printable.reason(failure)));
  }

  private Future<String> instanceId() {
    String known = knownInstanceId;
    return known != null
        ? Future.succeededFuture(known)
        : imds.instanceId().onSuccess(id -> knownInstanceId = id);
  }

  private Future<Optional<Secret>> credential() {
    Secret held = unsaved;
    return held != null
        ? save(held).map(saved -> Optional.of(held))
        : onDisk("cannot read the credential", store::read);
  }

  private Future<AttemptOutcome> identify(
      String instanceId, Optional<Secret> credential, boolean mayEnrol) {
    return credential.isPresent()
        ? contact(instanceId, credential.get(), mayEnrol)
        : enroll(instanceId, "there is no credential on the volume");
  }

  private Future<AttemptOutcome> contact(String instanceId, Secret credential, boolean mayEnrol) {
    AgentContact contact = new AgentContact(instanceId, process.bootId(), process.version());
    return api.contact(credential, contact)
        .compose(answer ->
            mayEnrol && answer instanceof ApiAnswer.Refused no && no.unauthorized()
                ? enroll(instanceId, "the API refuses this agent's credential: " + no.reason())
                : settle(answer, "the API refuses this agent's contact"));
  }

  private Future<AttemptOutcome> enroll(String instanceId, String because) {
    Secret token = settings.bootstrapToken();
    if (token == null) {
      return refused(
          because
              + ", and no bootstrap token was given; start the sandbox again through the API, which"
              + " gives it a new one");
    }
    return onDisk("cannot write the state folder", () -> prepared(store))
        .compose(ready -> api.enroll(enrollRequest(instanceId, token)))
        .compose(answer -> settle(answer, enrolmentRefusal(answer)));
  }

  private static String enrolmentRefusal(ApiAnswer answer) {
    return answer instanceof ApiAnswer.Refused no && no.concernsToken()
        ? "the API refuses the bootstrap token, which works once and only for a while; start the"
            + " sandbox again through the API, which gives it a new one"
        : "the API refuses this agent's enrolment; check VALET_API_URL";
  }

  private Future<AttemptOutcome> settle(ApiAnswer answer, String onRefusal) {
    return switch (answer) {
      case Enrolled enrolled -> {
        unsaved = enrolled.credential();
        yield save(enrolled.credential()).compose(saved -> settle(enrolled.contact(), onRefusal));
      }
      case Accepted accepted -> configured(accepted.config());
      case ApiAnswer.Refused no -> refused(onRefusal + ": " + no.reason());
      case Unavailable later ->
          Future.succeededFuture(new TryAgain(later.reason(), later.retryAfter()));
    };
  }

  private EnrollRequest enrollRequest(String instanceId, Secret token) {
    return new EnrollRequest(
        settings.sandboxId(), token.reveal(), instanceId, process.bootId(), process.version());
  }

  private Future<AttemptOutcome> configured(AgentConfig config) {
    return onDisk(
            "cannot store the command key",
            () -> {
              store.storeCommandKey(config.commandPublicKey());
              return config;
            })
        .map(AttemptOutcome.Enrolled::new);
  }

  private Future<Boolean> save(Secret credential) {
    return onDisk(
            "cannot store the credential",
            () -> {
              store.storeCredential(credential);
              return true;
            })
        .onSuccess(saved -> unsaved = null);
  }

  private static boolean prepared(CredentialStore store) throws IOException {
    store.prepare();
    return true;
  }

  private <T> Future<T> onDisk(String trouble, Callable<T> work) {
    return vertx
        .executeBlocking(work)
        .recover(
            e -> Future.failedFuture(new IOException(trouble + ": " + Printable.reason(e), e)));
  }

  private static Future<AttemptOutcome> refused(String reason) {
    return Future.succeededFuture(new Refused(reason));
  }

  private static TryAgain tryAgain(String reason) {
    return new TryAgain(reason, Duration.ZERO);
  }
}
