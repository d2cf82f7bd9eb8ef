package dev.valet.api.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.loop.Contexts;
import dev.valet.api.platform.time.Ids;
import dev.valet.api.testkit.ValetTestResource;
import dev.valet.common.agent.AgentCommand;
import dev.valet.common.agent.RequestToken;
import dev.valet.common.sandbox.Environment;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class AgentCommandsIT {
  private static final String BOOT = "boot-0000000000000001";
  private static final JsonObject BODY = new JsonObject().put("deadlineSeconds", 60);

  @Inject AgentCommands commands;
  @Inject AgentEnrolment enrolment;
  @Inject ContactStore contacts;
  @Inject CommandKeys keys;
  @Inject Transactions transactions;
  @Inject Contexts contexts;
  @Inject Ids ids;

  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private UUID sandbox;
  private HttpServer agent;

  private record Asked(String method, String path, String authorization, byte[] body) {}

  @BeforeEach
  void anAgent() throws IOException {
    agent = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    agent.start();
    sandbox = ids.uuid();
    write(tx ->
        enrolment.register(
            tx, new AgentRegistration(sandbox, ids.uuid(), Environment.DEV, 1, List.of())));
  }

  @AfterEach
  void stop() {
    agent.stop(0);
  }

  @Test
  void aCommandCarriesATokenForThisRequestToThisProcess() throws Exception {
    answer(200, "{\"draining\":true}");
    makeContact();
    locate();

    CommandOutcome first = send();
    CommandOutcome second = send();

    assertThat(first)
        .isEqualTo(new CommandOutcome.Accepted(new JsonObject().put("draining", true)));
    assertThat(second).isEqualTo(first);
    Asked drain = asked.getFirst();
    assertThat(drain.method() + " " + drain.path()).isEqualTo("POST /control/drain");
    assertThat(new String(drain.body(), StandardCharsets.UTF_8)).isEqualTo(BODY.encode());
    JsonObject claims = verified(drain);
    assertThat(claims.getString("aud")).isEqualTo(sandbox.toString());
    assertThat(claims.getString("boot")).isEqualTo(BOOT);
    assertThat(claims.getString("req"))
        .isEqualTo(RequestToken.hash("POST", "/control/drain", drain.body()));
    assertThat(claims.getLong("exp") - claims.getLong("iat")).isEqualTo(60);
    assertThat(Duration.between(Instant.ofEpochSecond(claims.getLong("iat")), Instant.now()).abs())
        .isLessThan(Duration.ofSeconds(60));
    assertThat(verified(asked.get(1)).getString("jti")).isNotEqualTo(claims.getString("jti"));
  }

  @Test
  void whatTheAgentRefusesIsToldInItsWords() {
    answer(409, "{\"title\":\"Conflict\",\"detail\":\"no such engine\\u0007\"}");
    makeContact();
    locate();

    assertThat(send())
        .isInstanceOfSatisfying(
            CommandOutcome.Refused.class,
            no -> assertThat(no.reason()).startsWith("HTTP 409: no such engine").isPrintable());
  }

  @Test
  void anAgentThatNeverCameOrIsNowhereIsUnreachable() {
    locate();
    assertUnreachable("has made contact");

    sandbox = ids.uuid();
    makeContact();
    assertUnreachable("has made contact");
  }

  @Test
  void aFaultOfTheAgentAndAnAnswerThatIsNoneAreUnreachable() {
    makeContact();
    locate();
    answer(500, "{\"detail\":\"the log says why\"}");
    assertUnreachable("HTTP 500: the log says why");
    agent.removeContext("/");
    answer(200, "hello");
    assertUnreachable("not JSON");

    agent.stop(0);
    assertUnreachable("the connection was refused");
  }

  @Test
  void nobodyCommandsTheAgentOfATerminatedSandbox() {
    answer(200, "{}");
    makeContact();
    locate();
    write(tx -> enrolment.revoke(tx, sandbox));

    assertUnreachable("has made contact");
    assertThat(asked).isEmpty();
  }

  private CommandOutcome send() {
    return await(() -> commands.send(sandbox, AgentCommand.DRAIN, BODY));
  }

  private void assertUnreachable(String reason) {
    assertThat(send())
        .isInstanceOfSatisfying(
            CommandOutcome.Unreachable.class, no -> assertThat(no.reason()).contains(reason));
  }

  private void makeContact() {
    write(tx -> contacts.note(tx, new ContactStore.Contact(sandbox, "i-00000000", BOOT, "1.0")));
  }

  private void locate() {
    write(tx -> enrolment.locate(tx, sandbox, "127.0.0.1", agent.getAddress().getPort()));
  }

  private void answer(int status, String body) {
    agent.createContext(
        "/",
        exchange -> {
          asked.add(
              new Asked(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().toString(),
                  exchange.getRequestHeaders().getFirst("Authorization"),
                  exchange.getRequestBody().readAllBytes()));
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private JsonObject verified(Asked request) throws Exception {
    String[] parts = request.authorization().substring("Bearer ".length()).split("\\.");
    byte[] key = Base64.getDecoder().decode(await(keys::publicKey));
    Signature ed25519 = Signature.getInstance("Ed25519");
    ed25519.initVerify(
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(key)));
    ed25519.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    assertThat(ed25519.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    return new JsonObject(new String(Base64.getUrlDecoder().decode(parts[1])));
  }

  private <T> T write(Function<Tx, Uni<T>> work) {
    return await(() -> transactions.write(work));
  }

  private <T> T await(Supplier<Uni<T>> work) {
    return contexts.fresh(work).await().atMost(Duration.ofSeconds(20));
  }
}
