package dev.valet.local.supervisor;

import dev.valet.local.host.LoopbackPorts;
import dev.valet.local.postgres.PostgresServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The API as {@code up} would start it, but with nothing behind it than PostgreSQL: no loops, no
 * EC2, no identity provider, only bearer tokens of one known key. For measurements, in which the
 * other parts would take their share of the machine.
 */
public final class ApiAlone {
  private ApiAlone() {}

  /**
   * What the API must be told.
   *
   * @param data an empty folder for its keys
   * @param seed the templates' seed file
   * @param issuer of the tokens
   * @param publicKey the RSA key, base64, that the tokens are verified with
   */
  public static Map<String, String> environment(
      Path data, int port, PostgresServer postgres, Path seed, URI issuer, String publicKey) {
    Installation installation =
        Installation.open(data, OptionalInt.of(port), OptionalInt.of(LoopbackPorts.free()));
    Map<String, String> env = ApiEnvironment.of(installation, postgres, issuer, seed);
    env.remove("QUARKUS_OIDC_AUTH_SERVER_URL");
    env.put("QUARKUS_OIDC_APPLICATION_TYPE", "service");
    env.put("QUARKUS_OIDC_TOKEN_ISSUER", issuer.toString());
    env.put("QUARKUS_OIDC_PUBLIC_KEY", publicKey);
    env.put("VALET_LOOPS_ENABLED", "false");
    return env;
  }
}
