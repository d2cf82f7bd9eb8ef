package dev.valet.api.access;

import dev.valet.api.audit.AuditEntry;
import dev.valet.api.audit.AuditLog;
import dev.valet.api.audit.AuditResult;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.loop.Contexts;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.time.Clock;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * Records every refusal (403) of a known caller, in a transaction of its own: whatever the request
 * did was rolled back. An audit log that is out of reach does not turn the refusal into anything
 * else.
 */
class DenialAudit {
  private static final Logger LOG = Logger.getLogger(DenialAudit.class);
  private static final int FORBIDDEN = 403;
  private static final int LONGEST_TARGET = 255;

  private final CurrentCaller current;
  private final AuditLog audit;
  private final Transactions transactions;
  private final Contexts contexts;
  private final DenialLimiter limiter;

  DenialAudit(
      CurrentCaller current,
      AuditLog audit,
      Transactions transactions,
      Contexts contexts,
      Clock clock) {
    this.current = current;
    this.audit = audit;
    this.transactions = transactions;
    this.contexts = contexts;
    this.limiter = new DenialLimiter(clock);
  }

  @ServerResponseFilter
  @Nullable Uni<Void> record(ContainerResponseContext response, RoutingContext request) {
    if (response.getStatus() != FORBIDDEN) {
      return null;
    }
    Caller caller = current.find();
    if (caller == null || !limiter.admit(caller.principal())) {
      return null;
    }
    AuditEntry entry = entry(caller, request.request());
    return contexts
        .fresh(() -> transactions.write(tx -> audit.record(tx, entry)))
        .onFailure()
        .invoke(failure -> LOG.warn("A refusal could not be audited", failure))
        .onFailure()
        .recoverWithNull();
  }

  private static AuditEntry entry(Caller caller, HttpServerRequest request) {
    String route = request.method().name() + " " + request.path();
    return AuditEntry.of(caller.actor(), "access.deny")
        .on("route", route.substring(0, Math.min(route.length(), LONGEST_TARGET)))
        .ended(AuditResult.DENIED, "The permission is missing");
  }
}
