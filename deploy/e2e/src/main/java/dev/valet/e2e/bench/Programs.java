package dev.valet.e2e.bench;

import dev.valet.local.host.ChildProcesses;
import dev.valet.local.host.JavaCommand;
import dev.valet.local.host.LoopbackPorts;
import dev.valet.local.host.PrivateFiles;
import dev.valet.local.host.Waiting;
import dev.valet.local.postgres.PostgresServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/** The two programs that are compared, started alike. They end with this one. */
final class Programs {
  /** What {@code ./valet up} gives the API. */
  private static final List<String> FLAGS = List.of("-Xmx256m", "-XX:+UseSerialGC");

  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int KEY_BYTES = 32;

  private final Path root;
  private final Path folder;

  /**
   * @param root the checkout
   * @param folder for logs and settings, private
   */
  Programs(Path root, Path folder) {
    this.root = root;
    this.folder = folder;
  }

  /** A program that listens on a port of the loopback interface. */
  record Running(int port, Process process) {}

  /**
   * Starts the API as it ships, without loops, and returns when it listens.
   *
   * @param more flags of the JVM, beside those that {@code ./valet up} gives it
   */
  Running startApi(PostgresServer postgres, Token token, String... more) throws IOException {
    int port = LoopbackPorts.free();
    List<String> flags = new ArrayList<>(FLAGS);
    flags.addAll(List.of(more));
    ProcessBuilder builder =
        new ProcessBuilder(JavaCommand.of(flags, List.of("-jar", "quarkus-run.jar")))
            .directory(api().toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("QUARKUS_"));
    builder.environment().putAll(settings(port, postgres, token));
    return new Running(port, start("api", builder, port));
  }

  /** The folder of the API as it ships. */
  Path api() {
    return root.resolve("api/target/quarkus-app");
  }

  /** Starts the floor and returns when it listens. */
  Running startFloor(int port) {
    List<String> program =
        List.of("-cp", JavaCommand.classPath(), Floor.class.getName(), folder.toString());
    return new Running(
        port, start("floor", new ProcessBuilder(JavaCommand.of(FLAGS, program)), port));
  }

  private Process start(String name, ProcessBuilder builder, int port) {
    Path log = folder.resolve(name + ".log");
    Process process =
        ChildProcesses.start(builder.redirectErrorStream(true).redirectOutput(log.toFile()));
    Waiting.until(START_LIMIT, POLL, () -> listens(port) || !process.isAlive());
    if (!listens(port)) {
      throw new IllegalStateException("%s does not start:%n%s".formatted(name, read(log)));
    }
    return process;
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 100);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private Map<String, String> settings(int port, PostgresServer postgres, Token token)
      throws IOException {
    Map<String, String> env = new TreeMap<>();
    env.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    env.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    env.put("VALET_PUBLIC_URL", "http://127.0.0.1:" + port);
    env.put("VALET_LOCAL", "true");
    env.put("VALET_ACCESS_GROUPS_ADMIN_ROLE", "admin");
    env.put("QUARKUS_DATASOURCE_REACTIVE_URL", postgres.reactiveUrl());
    env.put("QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl());
    env.put("QUARKUS_DATASOURCE_USERNAME", postgres.appUser());
    env.put("QUARKUS_DATASOURCE_PASSWORD", postgres.appPassword());
    env.put("QUARKUS_FLYWAY_USERNAME", postgres.ownerUser());
    env.put("QUARKUS_FLYWAY_PASSWORD", postgres.ownerPassword());
    env.put("QUARKUS_OIDC_PUBLIC_KEY", token.publicKey());
    env.put("QUARKUS_OIDC_TOKEN_ISSUER", Token.ISSUER);
    env.put(
        "QUARKUS_OIDC_TOKEN_STATE_MANAGER_ENCRYPTION_SECRET", "only-for-the-bench-of-32-chars-x");
    env.put("VALET_VAULT_KEY_FILE", key().toString());
    env.put("VALET_INSTALLATION_ID", "0197f0a0-0000-7000-8000-00000000be7c");
    env.put("VALET_AGENT_API_URL", "http://127.0.0.1:" + port);
    // Nobody listens there: with its loops off the API calls no EC2.
    env.put("VALET_EC2_ENDPOINT", "http://127.0.0.1:9");
    env.put("VALET_EC2_REGION", "eu-bench-1");
    env.put("VALET_EC2_ACCOUNT", "000000000000");
    env.put("VALET_LOOPS_ENABLED", "false");
    env.put(
        "VALET_TEMPLATE_SEED_FILE",
        root.resolve("deploy/local/src/main/seed/templates.json").toString());
    return env;
  }

  private Path key() throws IOException {
    byte[] key = new byte[KEY_BYTES];
    ThreadLocalRandom.current().nextBytes(key);
    Path file = folder.resolve("vault.key");
    PrivateFiles.write(file, Base64.getEncoder().encodeToString(key) + "\n");
    return file;
  }
}
