package dev.valet.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.valet.api.access.session.SessionKey;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.loop.Contexts;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.testkit.ValetTestResource;
import dev.valet.common.access.BuiltInRole;
import dev.valet.common.access.Permission;
import dev.valet.common.problem.ProblemType;
import dev.valet.common.sandbox.Environment;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What whoever keeps a caller for longer than a request can rely on. */
@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class CallersIT {
  private static final String GRANT =
      """
      INSERT INTO access_grant (id, issuer, subject, role_id, environment, created_at)
      SELECT $1, 'issuer', $2, id, 'dev', now() FROM role WHERE name = $3
      """;

  @Inject Callers callers;
  @Inject Transactions transactions;
  @Inject Contexts contexts;

  @Test
  void grantAndItsEndAreSeenByWhoeverAsksAgain() {
    UUID grant = UUID.randomUUID();
    String subject = "subject-" + grant;
    Caller stranger = caller(subject, List.of());
    long before = version();
    assertThat(refreshed(stranger).permissions()).isEmpty();

    write(GRANT, grant, subject, "operator");
    long granted = version();
    Caller operator = refreshed(stranger);
    write("DELETE FROM access_grant WHERE id = $1", grant);
    long revoked = version();

    assertThat(granted).isGreaterThan(before);
    assertThat(operator.roles()).containsExactly("operator");
    assertThat(operator.may(Permission.OPERATE, UUID.randomUUID(), Environment.DEV)).isTrue();
    assertThat(operator.may(Permission.OPERATE, UUID.randomUUID(), Environment.PROD)).isFalse();
    assertThat(revoked).isGreaterThan(granted);
    assertThat(refreshed(operator).permissions()).isEmpty();
  }

  @Test
  void rightsOfTheTokensGroupsStay() {
    HeldRole viewer = HeldRole.ofGroup("viewer", BuiltInRole.VIEWER, Scope.all());
    Caller caller = caller("subject-" + UUID.randomUUID(), List.of(viewer));
    assertThat(refreshed(caller).held()).containsExactly(viewer);
    assertThat(refreshed(caller).scope(Permission.READ).isAll()).isTrue();
  }

  @Test
  void expiredGrantGivesNothing() {
    UUID grant = UUID.randomUUID();
    Caller caller = caller("subject-" + grant, List.of());
    write(GRANT, grant, caller.subject(), "viewer");
    write("UPDATE access_grant SET expires_at = now() - interval '1 s' WHERE id = $1", grant);
    version();
    assertThat(refreshed(caller).permissions()).isEmpty();
  }

  @Test
  void callerWhoseSessionIsOverIsRefused() {
    SessionKey ended = new SessionKey("00".repeat(32));
    Caller caller =
        new Caller("issuer", "subject", "Somebody", List.of(), Map.of(), ended, null, null, null);
    assertThatThrownBy(() -> refreshed(caller))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNAUTHORIZED));
  }

  @Test
  void changeOfARoleMovesTheVersionToo() {
    long before = version();
    write("UPDATE role SET description = description WHERE name = 'viewer'");
    assertThat(version()).isGreaterThan(before);
  }

  private static Caller caller(String subject, List<HeldRole> held) {
    return new Caller("issuer", subject, "Somebody", held, Map.of(), null, null);
  }

  private Caller refreshed(Caller caller) {
    return await(callers.refresh(caller));
  }

  private long version() {
    return await(callers.accessVersion());
  }

  private void write(String sql, Object... parameters) {
    await(contexts.fresh(() -> transactions.write(tx -> tx.update(sql, parameters))));
  }

  private static <T> T await(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(10));
  }
}
