package dev.valet.local.supervisor;

import dev.valet.local.identity.LocalUser;
import dev.valet.local.postgres.PostgresServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What the API is told by its environment, as in every other deployment. */
final class ApiEnvironment {
  private ApiEnvironment() {}

  static Map<String, String> of(
      Installation installation, PostgresServer postgres, URI issuer, Path seed) {
    Map<String, String> env = new TreeMap<>();
    String port = Integer.toString(installation.port());
    env.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    env.put("QUARKUS_HTTP_PORT", port);
    env.put("VALET_PUBLIC_URL", installation.publicUrl());
    // Plain http will do, because nobody but this machine can come.
    env.put("VALET_LOCAL", "true");
    env.put("VALET_INSTALLATION_ID", installation.id());
    env.put("VALET_AGENT_API_URL", "http://127.0.0.1:" + port);
    env.put("VALET_AGENT_PORT", Integer.toString(installation.agentPort()));
    env.put("VALET_VAULT_KEY_FILE", installation.vaultKey().toString());
    env.put("VALET_AUDIT_KEY_FILE", installation.auditKey().toString());
    env.put("VALET_AUDIT_CHECKPOINT_FOLDER", installation.auditCheckpoints().toString());
    env.put("VALET_TEMPLATE_SEED_FILE", seed.toString());
    database(env, postgres);
    identity(env, installation, issuer);
    ec2(env, installation);
    return env;
  }

  private static void database(Map<String, String> env, PostgresServer postgres) {
    env.put("QUARKUS_DATASOURCE_REACTIVE_URL", postgres.reactiveUrl());
    env.put("QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl());
    env.put("QUARKUS_DATASOURCE_USERNAME", postgres.appUser());
    env.put("QUARKUS_DATASOURCE_PASSWORD", postgres.appPassword());
    env.put("QUARKUS_FLYWAY_USERNAME", postgres.ownerUser());
    env.put("QUARKUS_FLYWAY_PASSWORD", postgres.ownerPassword());
  }

  private static void identity(Map<String, String> env, Installation installation, URI issuer) {
    env.put("QUARKUS_OIDC_AUTH_SERVER_URL", issuer.toString());
    env.put("QUARKUS_OIDC_CLIENT_ID", LocalUser.AUDIENCE);
    env.put("QUARKUS_OIDC_CREDENTIALS_SECRET", installation.clientSecret());
    env.put("QUARKUS_OIDC_TOKEN_STATE_MANAGER_ENCRYPTION_SECRET", installation.cookieSecret());
    env.put("QUARKUS_OIDC_AUTHENTICATION_COOKIE_FORCE_SECURE", "false");
    for (LocalUser user : LocalUser.values()) {
      env.put("VALET_ACCESS_GROUPS_" + user.name() + "_ROLE", user.username());
    }
    // The provider starts at the same time.
    env.put("QUARKUS_OIDC_CONNECTION_DELAY", "60S");
  }

  private static void ec2(Map<String, String> env, Installation installation) {
    env.put("VALET_EC2_ENDPOINT", installation.ec2Endpoint());
    env.put("VALET_EC2_REGION", Installation.REGION);
    env.put("VALET_EC2_ACCOUNT", Installation.ACCOUNT);
    env.put("AWS_ACCESS_KEY_ID", installation.accessKey());
    env.put("AWS_SECRET_ACCESS_KEY", installation.secretKey());
    env.put("AWS_REGION", Installation.REGION);
    env.put("AWS_EC2_METADATA_DISABLED", "true");
    // The person's own AWS profile must not reach the local API.
    env.put("AWS_CONFIG_FILE", "/dev/null");
    env.put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
  }
}
