package dev.valet.api.agent;

import dev.valet.api.agent.CredentialStore.Credential;
import dev.valet.api.agent.RegistrationStore.Registered;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.security.Actor;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who may enrol: what the launching of sandboxes tells this feature. All methods work in the
 * caller's transaction and lock the sandbox's registration.
 *
 * <p>In a launch: {@link #register} and {@link #issueBootstrapToken} with the launch request,
 * {@link #confirmInstance} when EC2 named the instance, {@link #locate} when its address is known;
 * {@link #register} again when capacity or engines change, {@link #dismiss} before its instance is
 * replaced, {@link #revoke} when the sandbox is terminated.
 */
@ApplicationScoped
public class AgentEnrolment {
  private final RegistrationStore registrations;
  private final CredentialStore credentials;
  private final Refusals refusals;
  private final SecureRandom random = new SecureRandom();

  AgentEnrolment(RegistrationStore registrations, CredentialStore credentials, Refusals refusals) {
    this.registrations = registrations;
    this.credentials = credentials;
    this.refusals = refusals;
  }

  /** Says what the sandbox's agent is told at its start; replaces what was said before. */
  public Uni<Void> register(Tx tx, AgentRegistration registration) {
    return registrations.upsert(tx, registration);
  }

  /**
   * Issues the sandbox's one bootstrap token: 256 bit, base64url, 43 characters. An older unused
   * one is void. Which instance may use it is open until {@link #confirmInstance}. Only its hash is
   * stored: the caller puts the text into user-data and nowhere else.
   *
   * <p>The token opens nothing before {@link #register} and after {@link #revoke}.
   *
   * @param expiresAt the boot deadline; compared with the database's clock
   */
  public Uni<String> issueBootstrapToken(Tx tx, UUID sandboxId, Instant expiresAt) {
    AgentToken token = AgentToken.generate(random);
    return registrations
        .lock(tx, sandboxId)
        .chain(() -> registrations.setInstance(tx, sandboxId, null))
        .chain(() -> credentials.issue(tx, sandboxId, token.hash(), expiresAt))
        .replaceWith(token.text());
  }

  /**
   * Records which instance the launch gave. A credential that another instance got for the same
   * token is revoked and an event says so; one of an earlier launch is revoked without a word.
   *
   * @throws IllegalStateException (as failure) if the sandbox is not registered or is revoked
   */
  public Uni<Void> confirmInstance(Tx tx, UUID sandboxId, String instanceId) {
    return locked(tx, sandboxId)
        .call(() -> registrations.setInstance(tx, sandboxId, instanceId))
        .chain(registered ->
            credentials
                .live(tx, sandboxId)
                .chain(claim -> confirm(tx, registered, claim, instanceId)));
  }

  /** Says where the sandbox's agent answers from now on. */
  public Uni<Void> locate(Tx tx, UUID sandboxId, String address, int port) {
    return registrations.setAddress(tx, sandboxId, address, port);
  }

  /**
   * Ends the trust in the agent of an instance that is being replaced. The next one gets a token of
   * its own.
   */
  public Uni<Void> dismiss(Tx tx, UUID sandboxId) {
    return registrations
        .lock(tx, sandboxId)
        .chain(() -> credentials.dropUnusedTokens(tx, sandboxId))
        .chain(() -> credentials.revoke(tx, sandboxId, "instance_replaced"))
        .replaceWithVoid();
  }

  /** Ends all trust in the sandbox's agent, for good: the sandbox is terminated. */
  public Uni<Void> revoke(Tx tx, UUID sandboxId) {
    return registrations
        .revoke(tx, sandboxId)
        .chain(() -> credentials.dropUnusedTokens(tx, sandboxId))
        .chain(() -> credentials.revoke(tx, sandboxId, "sandbox_terminated"))
        .replaceWithVoid();
  }

  private Uni<Void> confirm(
      Tx tx, Registered registered, @Nullable Credential claim, String instanceId) {
    if (claim == null || claim.instanceId().equals(instanceId)) {
      return Uni.createFrom().voidItem();
    }
    UUID sandboxId = registered.registration().sandboxId();
    return credentials
        .isCurrent(tx, sandboxId, claim.tokenHash())
        .chain(current ->
            current
                ? refusals.revoke(
                    tx,
                    registered.registration(),
                    Refusal.CLAIMED,
                    new Refusals.Wrong(claim.instanceId(), Actor.system("agent-trust")))
                : credentials.revoke(tx, sandboxId, "superseded").replaceWithVoid());
  }

  private Uni<Registered> locked(Tx tx, UUID sandboxId) {
    return registrations
        .lock(tx, sandboxId)
        .onItem()
        .ifNull()
        .failWith(() ->
            new IllegalStateException(
                "the agent of sandbox "
                    + sandboxId
                    + " is not registered or is revoked;"
                    + " call AgentEnrolment.register first"));
  }
}
