package dev.valet.local.supervisor;

import dev.valet.local.host.LogFile;
import dev.valet.local.postgres.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** PostgreSQL; ready as soon as its start returns. */
final class PostgresPart implements Part {
  private final Path data;
  private final AtomicReference<@Nullable PostgresServer> server = new AtomicReference<>();

  PostgresPart(Path data) {
    this.data = data;
  }

  @Override
  public String name() {
    return "PostgreSQL";
  }

  @Override
  public LogFile log() {
    return new LogFile(data.resolve("logs/postgres.log"));
  }

  @Override
  public Running start() {
    PostgresServer started = PostgresServer.start(data);
    server.set(started);
    return new Started(started);
  }

  @Override
  public boolean isReady() {
    return server.get() != null;
  }

  /** The server that was started last. */
  PostgresServer server() {
    return Objects.requireNonNull(server.get(), "PostgreSQL was not started yet");
  }

  private record Started(PostgresServer server) implements Running {
    @Override
    public CompletableFuture<String> end() {
      ProcessHandle process = Objects.requireNonNull(server.process());
      return process.onExit().thenApply(p -> "it ended");
    }

    @Override
    public void stop(Duration patience) {
      server.close(); // has its own patience
    }
  }
}
