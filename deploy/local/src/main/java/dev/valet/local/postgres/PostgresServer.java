package dev.valet.local.postgres;

import dev.valet.local.host.LoopbackPorts;
import dev.valet.local.host.PrivateFiles;
import dev.valet.local.host.StartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL 18 on this machine, on 127.0.0.1 only, with the database {@code valet} and Valet's
 * two roles. It stops with {@link #close()} and, if this JVM dies, by itself.
 *
 * <p>For tests: {@link #shared()} gives one server to the whole JVM; {@link #createDatabase} gives
 * each test class its own empty database.
 */
public final class PostgresServer implements AutoCloseable {
  private final PostgresAccess access;
  private final @Nullable PostgresProcess control;
  private final @Nullable Process process;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Runnable afterClose;

  PostgresServer(
      PostgresAccess access,
      @Nullable PostgresProcess control,
      @Nullable Process process,
      Runnable afterClose) {
    this.access = access;
    this.control = control;
    this.process = process;
    this.afterClose = afterClose;
  }

  /**
   * Starts the server of a data folder; the first time this unpacks and initialises it, which takes
   * some seconds. Data, port and passwords are kept there. A server that a killed run left there is
   * stopped first. Returns when connections are accepted.
   *
   * @param dataFolder made if missing (0700)
   * @throws StartException if this machine does not allow it; the message says why
   */
  public static PostgresServer start(Path dataFolder) {
    return start(dataFolder, true, () -> {});
  }

  /**
   * Starts an empty server that is thrown away when it is closed or when this JVM ends. It does not
   * wait for the disk, so a power cut would lose data.
   *
   * @throws StartException if this machine does not allow it; the message says why
   */
  public static PostgresServer startTemporary() {
    Path folder;
    try {
      folder = Files.createTempDirectory("valet-postgres-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    PostgresServer server;
    try {
      server = start(folder, false, () -> PrivateFiles.deleteTree(folder));
    } catch (RuntimeException e) {
      PrivateFiles.deleteTree(folder);
      throw e;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "valet-postgres-close"));
    return server;
  }

  /**
   * The temporary server of this JVM, started at the first call and stopped with the JVM. Every
   * class loader gets the same one. Closing it does nothing.
   *
   * @throws StartException if this machine does not allow it; the message says why
   */
  public static PostgresServer shared() {
    return SharedServer.get();
  }

  static PostgresServer start(Path folder, boolean durable, Runnable afterClose) {
    PostgresCluster cluster = PostgresCluster.at(folder, durable);
    PostgresProcess control = new PostgresProcess(cluster);
    PostgresAccess access = cluster.access();
    cluster.initialise(access.superPassword());
    control.stopLeftover();
    if (!LoopbackPorts.isFree("127.0.0.1", access.port())) {
      access = cluster.moveToFreePort();
    }
    Process process = control.start(access);
    try {
      new PostgresRoles(access).ensure();
    } catch (SQLException e) {
      process.destroy();
      throw new StartException("Cannot set up PostgreSQL's roles: " + e.getMessage(), e);
    }
    return new PostgresServer(access, control, process, afterClose);
  }

  /** The port on 127.0.0.1. */
  public int port() {
    return access.port();
  }

  /** The database {@code valet}. */
  public PostgresDatabase database() {
    return database(PostgresAccess.DATABASE);
  }

  /** The database {@code valet} for JDBC, without user and password. */
  public String jdbcUrl() {
    return database().jdbcUrl();
  }

  /** The database {@code valet} for the reactive client, without user and password. */
  public String reactiveUrl() {
    return database().reactiveUrl();
  }

  /** The role that owns the databases and migrates them: {@code valet_owner}. */
  public String ownerUser() {
    return PostgresAccess.OWNER;
  }

  /** The password of {@link #ownerUser()}. */
  public String ownerPassword() {
    return access.ownerPassword();
  }

  /** The role of the running API, which may create nothing: {@code valet_app}. */
  public String appUser() {
    return PostgresAccess.APP;
  }

  /** The password of {@link #appUser()}. */
  public String appPassword() {
    return access.appPassword();
  }

  /**
   * Creates an empty database with the same owner and rights as {@code valet}; one that is there is
   * left as it is.
   *
   * @param name up to 63 of a-z, 0-9 and _, a letter first
   * @throws IllegalStateException if the server refuses or does not answer
   */
  public PostgresDatabase createDatabase(String name) {
    try {
      new PostgresRoles(access).ensureDatabase(name);
      return database(name);
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot create the database " + name, e);
    }
  }

  /**
   * Creates an empty database for a task engine, owned by a role of its own that no other database
   * lets in; what is there already is kept.
   *
   * @param name as for {@link #createDatabase}
   * @return a libpq URL with user and password: a secret
   * @throws IllegalStateException if the server refuses or does not answer
   */
  public String createHatchetDatabase(String name) {
    try {
      new PostgresRoles(access).ensureHatchet(name);
      return "postgres://%s:%s@127.0.0.1:%d/%s?sslmode=disable"
          .formatted(PostgresAccess.HATCHET, access.hatchetPassword(), access.port(), name);
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot create the database " + name, e);
    }
  }

  /**
   * Drops a database, if it is there, and closes its connections.
   *
   * @throws IllegalStateException if the server refuses or does not answer
   */
  public void dropDatabase(String name) {
    try {
      new PostgresRoles(access).dropDatabase(name);
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot drop the database " + name, e);
    }
  }

  private PostgresDatabase database(String name) {
    return new PostgresDatabase(name, access.jdbcUrl(name), access.reactiveUrl(name));
  }

  /** The server's process, if this JVM's class loader started it; null for {@link #shared()}. */
  public @Nullable ProcessHandle process() {
    return process == null ? null : process.toHandle();
  }

  PostgresAccess access() {
    return access;
  }

  /** Stops the server and waits until it is gone; a second call does nothing. */
  @Override
  public void close() {
    if (control == null || process == null || !closed.compareAndSet(false, true)) {
      return;
    }
    if (process.isAlive()) {
      control.stop();
    }
    afterClose.run();
  }
}
