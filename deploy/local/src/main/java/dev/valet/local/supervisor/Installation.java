package dev.valet.local.supervisor;

import dev.valet.local.host.LoopbackPorts;
import dev.valet.local.host.PrivateFiles;
import dev.valet.local.host.PropertyFile;
import dev.valet.local.host.Secrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What makes one data folder an installation; chosen once, kept in {@code local.properties}.
 *
 * @param data the data folder
 * @param id the installation's id
 * @param port the API's port; kept because agents and sessions know it
 * @param agentPort the agents' port
 * @param network the instances' network, such as {@code 127.31.7}
 * @param ec2Port the local EC2's port
 * @param accessKey of the local EC2
 * @param secretKey of the local EC2
 * @param cookieSecret encrypts the session cookies
 * @param clientSecret of the API at the identity provider
 */
record Installation(
    Path data,
    String id,
    int port,
    int agentPort,
    String network,
    int ec2Port,
    String accessKey,
    String secretKey,
    String cookieSecret,
    String clientSecret) {
  static final String REGION = "us-east-1";
  static final String ACCOUNT = "000000000000";
  private static final int DEFAULT_PORT = 8080;
  private static final int DEFAULT_AGENT_PORT = 8000;
  private static final int VAULT_KEY_BYTES = 32;

  static Installation open(Path data, OptionalInt port, OptionalInt agentPort) {
    PropertyFile kept = PropertyFile.open(data.resolve("local.properties"));
    port.ifPresent(p -> kept.put("port", Integer.toString(p)));
    agentPort.ifPresent(p -> kept.put("agent.port", Integer.toString(p)));
    int agents = kept.keepInt("agent.port", () -> DEFAULT_AGENT_PORT);
    LoopbackNetwork.requireUsable(agents);
    Installation installation =
        new Installation(
            data,
            kept.keep("installation.id", () -> UUID.randomUUID().toString()),
            kept.keepInt("port", () -> DEFAULT_PORT),
            agents,
            kept.keep("network", () -> LoopbackNetwork.choose(agents)),
            freePort(kept, "ec2.port"),
            kept.keep(
                "ec2.access.key", () -> "LOCAL" + UUID.randomUUID().toString().substring(0, 8)),
            kept.keep("ec2.secret.key", Secrets::password),
            kept.keep("cookie.secret", Secrets::password),
            kept.keep("oidc.client.secret", Secrets::password));
    installation.writeFiles();
    return installation;
  }

  /** The kept port, or another one if a stranger took it; nobody but our children knows it. */
  private static int freePort(PropertyFile kept, String key) {
    int port = kept.keepInt(key, LoopbackPorts::free);
    if (!LoopbackPorts.isFree("127.0.0.1", port)) {
      port = LoopbackPorts.free();
      kept.put(key, Integer.toString(port));
    }
    return port;
  }

  /** The port that a data folder's API has or had. */
  static int knownPort(Path data) {
    return PropertyFile.open(data.resolve("local.properties")).keepInt("port", () -> DEFAULT_PORT);
  }

  private void writeFiles() {
    if (!Files.exists(vaultKey())) {
      byte[] key = Secrets.random(VAULT_KEY_BYTES);
      PrivateFiles.write(vaultKey(), Base64.getEncoder().encodeToString(key) + "\n");
    }
    if (!Files.exists(auditKey())) {
      SigningKey.write(auditKey(), data.resolve("audit.pub"));
    }
    StringBuilder env = new StringBuilder();
    ec2Environment().forEach((k, v) -> env.append(k).append('=').append(v).append('\n'));
    PrivateFiles.write(data.resolve("ec2.env"), env.toString());
  }

  /** The key that encrypts secrets at rest: 32 bytes in Base64. */
  Path vaultKey() {
    return data.resolve("vault.key");
  }

  /** The key pair that signs checkpoints of the audit log, PEM; the public half is audit.pub. */
  Path auditKey() {
    return data.resolve("audit.key");
  }

  /** Where the API keeps checkpoints of the audit log. */
  Path auditCheckpoints() {
    return data.resolve("audit-checkpoints");
  }

  /** What the AWS CLI or SDK needs to talk to the local EC2; the text of {@code ec2.env}. */
  Map<String, String> ec2Environment() {
    Map<String, String> env = new TreeMap<>();
    env.put("AWS_ENDPOINT_URL_EC2", ec2Endpoint());
    env.put("AWS_REGION", REGION);
    env.put("AWS_ACCESS_KEY_ID", accessKey);
    env.put("AWS_SECRET_ACCESS_KEY", secretKey);
    env.put("VALET_EC2_ACCOUNT", ACCOUNT);
    return env;
  }

  String ec2Endpoint() {
    return "http://127.0.0.1:" + ec2Port;
  }

  /** Where people reach the API. */
  String publicUrl() {
    return url(port);
  }

  static String url(int port) {
    return "http://localhost:" + port;
  }

  @Override
  public String toString() {
    return "Installation[" + id + "]"; // never the secrets
  }
}
