package dev.valet.api.agent;

import dev.valet.api.access.PublicRoute;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.platform.problem.Refuses;
import dev.valet.api.platform.security.Actor;
import dev.valet.api.platform.telemetry.RequestInfo;
import dev.valet.common.agent.AgentConfig;
import dev.valet.common.agent.AgentContact;
import dev.valet.common.agent.EnrollRequest;
import dev.valet.common.agent.EnrollResponse;
import dev.valet.common.problem.ProblemType;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What agents call. They have credentials of their own; nobody else has any business here. */
@Path("/agent/v1")
@Tag(name = "agents", description = "What worker agents call; they have credentials of their own")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class AgentResource {
  private static final String BEARER = "Bearer ";
  private static final String OWN_CREDENTIALS = "agents have credentials of their own";

  private final EnrolmentService enrolments;
  private final ContactService contacts;
  private final MeterRegistry meters;
  private final Clock clock;
  private final FailureLimiter failures = new FailureLimiter();

  AgentResource(
      EnrolmentService enrolments, ContactService contacts, MeterRegistry meters, Clock clock) {
    this.enrolments = enrolments;
    this.contacts = contacts;
    this.meters = meters;
    this.clock = clock;
  }

  @POST
  @Path("enroll")
  @PublicRoute(OWN_CREDENTIALS)
  @Refuses({ProblemType.UNAUTHORIZED, ProblemType.TOO_MANY_REQUESTS})
  @Operation(
      operationId = "enrollAgent",
      summary = "Exchange the one-use bootstrap token for the agent's credential",
      description = "Works once; a second use is refused and revokes the credential.")
  public Uni<RestResponse<EnrollResponse>> enroll(
      @NotNull @Valid EnrollRequest body, RoutingContext request) {
    String address = checkedAddress(request);
    Actor actor = actor(body.sandboxId(), body.instanceId(), request);
    return enrolments.enrol(body, actor).map(outcome -> answer(outcome, address));
  }

  @POST
  @Path("config")
  @PublicRoute(OWN_CREDENTIALS)
  @Refuses({ProblemType.UNAUTHORIZED, ProblemType.TOO_MANY_REQUESTS})
  @SecurityRequirement(name = "agent")
  @Operation(
      operationId = "contactAsAgent",
      summary = "Contact of an enrolled agent at its start: what it has to know")
  public Uni<RestResponse<AgentConfig>> config(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @NotNull @Valid AgentContact body,
      RoutingContext request) {
    String address = checkedAddress(request);
    String credential = credential(authorization);
    if (credential == null) {
      return Uni.createFrom().failure(refused(Refusal.UNKNOWN, address));
    }
    return contacts
        .contact(credential, body, sandbox -> actor(sandbox, body.instanceId(), request))
        .map(outcome -> answer(outcome, address));
  }

  private String checkedAddress(RoutingContext request) {
    String address = String.valueOf(RequestInfo.clientAddress(request));
    if (!failures.mayTry(address, clock.instant())) {
      throw ProblemException.of(
              ProblemType.TOO_MANY_REQUESTS, "Too many refused credentials from this address")
          .withHeader("Retry-After", String.valueOf(FailureLimiter.REFILL.toSeconds()));
    }
    return address;
  }

  private <T> RestResponse<T> answer(Outcome<T> outcome, String address) {
    return switch (outcome) {
      case Outcome.Granted<T>(T body) ->
          RestResponse.ResponseBuilder.ok(body)
              .header("Cache-Control", "no-store")
              .header("Date", now()) // agents tell from it how wrong their clock is
              .build();
      case Outcome.Refused<T>(Refusal refusal) -> throw refused(refusal, address);
    };
  }

  private String now() {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC));
  }

  /** The same words for every refusal: which one it was is for the log alone. */
  private ProblemException refused(Refusal refusal, String address) {
    failures.failed(address, clock.instant());
    meters.counter("valet.agent.refusals", "reason", refusal.code()).increment();
    return ProblemException.of(
            ProblemType.UNAUTHORIZED, "The token or credential of the agent is not accepted")
        .withHeader("WWW-Authenticate", "Bearer realm=\"valet-agent\"");
  }

  private static @Nullable String credential(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return null;
    }
    String credential = authorization.substring(BEARER.length()).strip();
    return credential.isEmpty() ? null : credential;
  }

  private static Actor actor(UUID sandboxId, String instanceId, RoutingContext request) {
    return new Actor(
        Actor.Kind.AGENT,
        null,
        sandboxId.toString(),
        "agent on " + instanceId,
        RequestInfo.clientAddress(request),
        RequestInfo.id(request));
  }
}
