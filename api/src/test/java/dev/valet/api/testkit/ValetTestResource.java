package dev.valet.api.testkit;

import dev.valet.local.postgres.PostgresDatabase;
import dev.valet.local.postgres.PostgresServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Everything that the API needs to start in a test: an empty PostgreSQL database with Valet's two
 * roles, a vault key, and a key pair with which {@link TestTokens} signs. All {@code XxxIT} classes
 * use this one and no test profiles, so that Quarkus starts once:
 *
 * <pre>{@code
 * @QuarkusTest
 * @QuarkusTestResource(ValetTestResource.class)
 * class AuditIT
 * }</pre>
 */
public class ValetTestResource implements QuarkusTestResourceLifecycleManager {
  /** Of the tokens; see {@link TestTokens}. */
  static final String ISSUER = "https://issuer.test/valet";

  static final String AUDIENCE = "valet-api";

  /** Where the API of the tests looks for the task engine's token. */
  public static final Path HATCHET_TOKEN =
      Path.of(System.getProperty("java.io.tmpdir"), "valet-test-hatchet-" + pid());

  /** What the API takes for its own address. */
  public static final String PUBLIC_URL = "http://valet.test";

  private static final int VAULT_KEY_BYTES = 32;

  @Override
  public Map<String, String> start() {
    Map<String, String> config = new TreeMap<>();
    database(config);
    identity(config);
    config.put("valet.vault.key-file", vaultKey().toString());
    config.put("valet.audit.key-file", auditKey().toString());
    config.put("valet.installation-id", "0197f0a0-0000-7000-8000-000000000001");
    // Not there until a test writes it.
    config.put("valet.hatchet.token-file", HATCHET_TOKEN.toString());
    config.put("valet.agent.api-url", "http://127.0.0.1:8081");
    // Nobody listens there: what a test does not replace must fail, not reach AWS.
    config.put("valet.ec2.endpoint", "http://127.0.0.1:9");
    config.put("valet.ec2.region", "eu-test-1");
    config.put("valet.ec2.account", "000000000000");
    // Any free port, so that two checkouts can be tested at the same time.
    config.put("quarkus.http.test-port", "0");
    config.put("valet.loops.enabled", "false");
    // Agents of tests are nowhere, and nobody sends them tasks.
    config.put("valet.lifecycle.drain-silence", "0S");
    config.put("valet.lifecycle.drain-settle", "0S");
    // Small, so that tests reach the limits: what is older than memory, too many, too slow.
    config.put("valet.events.remembered", "100");
    config.put("valet.events.sockets-per-caller", "5");
    config.put("valet.events.stall", "1S");
    config.put("valet.template.seed-file", "../deploy/local/src/main/seed/templates.json");
    return config;
  }

  private static long pid() {
    return ProcessHandle.current().pid();
  }

  private static void database(Map<String, String> config) {
    PostgresServer server = PostgresServer.shared();
    PostgresDatabase database = server.createDatabase("valet_api_test");
    config.put("quarkus.datasource.reactive.url", database.reactiveUrl());
    config.put("quarkus.datasource.jdbc.url", database.jdbcUrl());
    config.put("quarkus.datasource.username", server.appUser());
    config.put("quarkus.datasource.password", server.appPassword());
    config.put("quarkus.flyway.username", server.ownerUser());
    config.put("quarkus.flyway.password", server.ownerPassword());
  }

  private static void identity(Map<String, String> config) {
    KeyPair keys = TestTokens.newKeys();
    System.setProperty(TestTokens.KEY_PROPERTY, base64(keys.getPrivate().getEncoded()));
    String issuer = FakeIssuer.start((RSAPublicKey) keys.getPublic());
    System.setProperty(FakeIssuer.URL_PROPERTY, issuer);
    config.put("quarkus.oidc.auth-server-url", issuer);
    config.put("quarkus.oidc.credentials.secret", "only-for-tests");
    config.put("quarkus.oidc.token.issuer", ISSUER);
    config.put(
        "quarkus.oidc.token-state-manager.encryption-secret", "only-for-tests-only-for-tests-32");
    config.put("quarkus.oidc.authentication.cookie-force-secure", "false");
    config.put("valet.public-url", PUBLIC_URL);
    config.put("valet.access.first-admin.email", "first@valet.test");
    for (String role : List.of("viewer", "auditor", "operator", "admin")) {
      config.put("valet.access.groups." + role + ".role", role);
    }
    config.put("valet.access.groups.\"dev-viewer\".role", "viewer");
    config.put("valet.access.groups.\"dev-viewer\".environment", "dev");
    config.put("valet.access.groups.\"dev-auditor\".role", "auditor");
    config.put("valet.access.groups.\"dev-auditor\".environment", "dev");
    config.put("valet.access.groups.\"dev-auditor\".tenant", "default");
    config.put("valet.access.groups.\"dev-operator\".role", "operator");
    config.put("valet.access.groups.\"dev-operator\".environment", "dev");
    config.put("valet.access.groups.\"nowhere\".role", "admin");
    config.put("valet.access.groups.\"nowhere\".tenant", "no-such-tenant");
  }

  private static Path vaultKey() {
    byte[] key = new byte[VAULT_KEY_BYTES];
    new Random(1).nextBytes(key);
    try {
      Path file = Files.createTempFile("valet-test-vault", ".key");
      file.toFile().deleteOnExit();
      return Files.writeString(file, base64(key) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path auditKey() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      Path file = Files.createTempFile("valet-test-audit", ".key");
      file.toFile().deleteOnExit();
      return Files.writeString(
          file,
          pem("PRIVATE KEY", pair.getPrivate().getEncoded())
              + pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String pem(String what, byte[] bytes) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, base64(bytes));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** The server is the JVM's and ends with it; the next class may need it. */
  @Override
  public void stop() {}
}
