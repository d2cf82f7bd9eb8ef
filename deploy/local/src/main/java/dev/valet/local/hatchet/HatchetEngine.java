package dev.valet.local.hatchet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.local.host.LoopbackPorts;
import dev.valet.local.host.PrivateFiles;
import dev.valet.local.host.PropertyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The engine of one data folder: its ports and keys, chosen once and kept, and what it tells its
 * clients. A token names the engine's addresses, so they must not change.
 *
 * @param folder holds {@code engine.properties}, {@code keys.json}, {@code handshake.json} and
 *     {@code token}, all 0600
 * @param grpcPort on 127.0.0.1
 * @param apiPort of its REST API, on 127.0.0.1
 */
public record HatchetEngine(Path folder, int grpcPort, int apiPort) {
  /** Connections to PostgreSQL of each of its pools, of which there are a handful. */
  private static final String POOL = "6";

  /** The engine of this folder, which is made if missing (0700). */
  public static HatchetEngine open(Path folder) {
    PrivateFiles.folder(folder);
    PropertyFile kept = PropertyFile.open(folder.resolve("engine.properties"));
    return new HatchetEngine(
        folder,
        kept.keepInt("grpc.port", LoopbackPorts::free),
        kept.keepInt("api.port", LoopbackPorts::free));
  }

  /** Where the token of the running engine lies; a file that is replaced when it changes. */
  public Path tokenFile() {
    return folder.resolve("token");
  }

  /**
   * The command of one run; it also needs {@link #environment}.
   *
   * @param executable what {@link GoProgram} built
   */
  public ProcessBuilder command(Path executable) {
    forgetHandshake();
    return new ProcessBuilder(
            List.of(
                executable.toString(),
                "-grpc-port",
                Integer.toString(grpcPort),
                "-api-port",
                Integer.toString(apiPort),
                "-keys-file",
                folder.resolve("keys.json").toString(),
                "-handshake-file",
                handshakeFile().toString()))
        .directory(folder.toFile());
  }

  /**
   * What the engine reads from its environment.
   *
   * @param databaseUrl of the engine's own database: a secret, hence no argument of the command
   */
  public static Map<String, String> environment(String databaseUrl) {
    return Map.of(
        "DATABASE_URL", databaseUrl,
        "DATABASE_MAX_CONNS", POOL,
        "DATABASE_DDL_POOL_MAX_CONNS", "2",
        "SERVER_MSGQUEUE_PUBSUB_POSTGRES_MAX_CONNS", "2",
        "DATABASE_LOGGER_LEVEL", "warn",
        "SERVER_LOGGER_LEVEL", "warn");
  }

  /** What the running engine says to its clients; empty until it listens. */
  public Optional<Handshake> handshake() {
    try {
      JsonNode told = new ObjectMapper().readTree(handshakeFile().toFile());
      return Optional.of(
          new Handshake(
              told.path("token").asText(),
              told.path("tenant_id").asText(),
              told.path("grpc_address").asText(),
              told.path("api_url").asText()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether it listens; then its token lies in {@link #tokenFile}, from where the API hands it to
   * the agents.
   */
  public boolean isReady() {
    Optional<Handshake> told = handshake();
    told.ifPresent(handshake -> PrivateFiles.write(tokenFile(), handshake.token() + "\n"));
    return told.isPresent();
  }

  private Path handshakeFile() {
    return folder.resolve("handshake.json");
  }

  private void forgetHandshake() {
    try {
      Files.deleteIfExists(handshakeFile());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /**
   * What a client needs.
   *
   * @param token bearer token, 90 days from its start
   * @param tenantId of the token
   * @param grpcAddress host and port, plaintext
   * @param apiUrl base of the REST API
   */
  public record Handshake(String token, String tenantId, String grpcAddress, String apiUrl) {
    /** Without the token, so that it cannot slip into a log. */
    @Override
    public String toString() {
      return "Handshake[tenantId=%s, grpcAddress=%s, apiUrl=%s]"
          .formatted(tenantId, grpcAddress, apiUrl);
    }
  }
}
