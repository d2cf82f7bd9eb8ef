package dev.valet.api.access;

import io.quarkus.oidc.runtime.TenantConfigBean;
import io.quarkus.oidc.runtime.TenantConfigContext;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Ready once the keys of the token issuer are known. They are asked for here too, so that an issuer
 * that comes up after the API makes it ready without a request. Once known they stay known: an
 * issuer that goes away later does not make the API unready.
 */
@Readiness
@ApplicationScoped
class IssuerReadiness implements AsyncHealthCheck {
  private static final Logger LOG = Logger.getLogger(IssuerReadiness.class);
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final TenantConfigBean oidc;
  private final AtomicBoolean asking = new AtomicBoolean();

  IssuerReadiness(TenantConfigBean oidc) {
    this.oidc = oidc;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    TenantConfigContext issuer = oidc.getDefaultTenant();
    if (issuer.ready()) {
      return Uni.createFrom().item(response(true));
    }
    if (asking.compareAndSet(false, true)) {
      ask(issuer);
    }
    return Uni.createFrom()
        .voidItem()
        .onItem()
        .delayIt()
        .by(LIMIT)
        .map(waited -> response(issuer.ready()));
  }

  private void ask(TenantConfigContext issuer) {
    issuer
        .initialize()
        .onTermination()
        .invoke(() -> asking.set(false))
        .subscribe()
        .with(
            known -> LOG.info("The keys of the token issuer are known now"),
            failure -> LOG.debug("The token issuer does not answer", failure));
  }

  private static HealthCheckResponse response(boolean known) {
    return HealthCheckResponse.named("token issuer")
        .status(known)
        .withData("keys", known ? "known" : "not known yet")
        .build();
  }
}
