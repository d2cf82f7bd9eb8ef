package dev.valet.local.postgres;

import dev.valet.local.host.CacheFolder;
import dev.valet.local.host.Commands;
import dev.valet.local.host.LogFile;
import dev.valet.local.host.LoopbackPorts;
import dev.valet.local.host.PrivateFiles;
import dev.valet.local.host.PropertyFile;
import dev.valet.local.host.Secrets;
import dev.valet.local.host.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One data folder of PostgreSQL: {@code pgdata-18} with the data, {@code postgres.properties}
 * (0600) with port and passwords, {@code logs/postgres.log}.
 *
 * @param folder the folder that holds them
 * @param programs where PostgreSQL's programs lie
 * @param user as whom they run
 * @param durable whether a power cut may lose nothing; temporary servers do without
 */
record PostgresCluster(Path folder, Path programs, PostgresUser user, boolean durable) {
  private static final Duration INITDB_LIMIT = Duration.ofMinutes(3);

  static PostgresCluster at(Path folder, boolean durable) {
    Path absolute = PrivateFiles.folder(folder.toAbsolutePath().normalize());
    return new PostgresCluster(
        absolute, PostgresBinaries.install(CacheFolder.folder()), PostgresUser.here(), durable);
  }

  /** The data; named by major version, because another one cannot read them. */
  Path data() {
    return folder.resolve("pgdata-18");
  }

  LogFile log() {
    return new LogFile(folder.resolve("logs/postgres.log"));
  }

  Path program(String name) {
    return programs.resolve("bin").resolve(name);
  }

  /** Port and passwords, chosen at first use. */
  PostgresAccess access() {
    PropertyFile kept = PropertyFile.open(settingsFile());
    return new PostgresAccess(
        kept.keepInt("port", LoopbackPorts::free),
        kept.keep("password.postgres", Secrets::password),
        kept.keep("password.valet_owner", Secrets::password),
        kept.keep("password.valet_app", Secrets::password),
        kept.keep("password.hatchet", Secrets::password));
  }

  /** Takes another port, because something else listens on the kept one. */
  PostgresAccess moveToFreePort() {
    PropertyFile.open(settingsFile()).put("port", Integer.toString(LoopbackPorts.free()));
    return access();
  }

  private Path settingsFile() {
    return folder.resolve("postgres.properties");
  }

  /** Initialises the data folder unless that is done; a half-done one is thrown away. */
  void initialise(String superuserPassword) {
    if (Files.exists(data().resolve("PG_VERSION"))) {
      user.give(programs, folder);
      return;
    }
    Path fresh = folder.resolve("pgdata-18.new");
    Path passwordFile = folder.resolve("pgdata-18.password");
    PrivateFiles.deleteTree(fresh);
    PrivateFiles.folder(fresh);
    try {
      PrivateFiles.write(passwordFile, superuserPassword + "\n");
      user.give(programs, folder, fresh, passwordFile);
      initdb(fresh, passwordFile);
      Files.move(fresh, data(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StartException("Cannot initialise " + data() + ": " + e, e);
    } finally {
      PrivateFiles.deleteTree(passwordFile);
    }
  }

  private void initdb(Path into, Path passwordFile) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-D", into.toString(), "-U", PostgresAccess.SUPERUSER));
    arguments.addAll(List.of("--auth=scram-sha-256", "--pwfile=" + passwordFile));
    // The built-in locale sorts alike on every machine, whatever its C library.
    arguments.addAll(List.of("--encoding=UTF8", "--locale=C", "--locale-provider=builtin"));
    arguments.addAll(List.of("--builtin-locale=C.UTF-8", "--no-instructions"));
    if (!durable) {
      arguments.add("--no-sync");
    }
    var result = Commands.run(user.command(program("initdb"), arguments), INITDB_LIMIT);
    if (!result.ok()) {
      throw new StartException(
          "PostgreSQL's initdb failed in " + folder + ": " + lastLine(result.output()));
    }
  }

  private static String lastLine(String output) {
    return output.lines().filter(line -> !line.isBlank()).reduce("", (a, b) -> b);
  }

  /** The server's command line. */
  List<String> serverCommand(int port) {
    List<String> arguments = new ArrayList<>(List.of("-D", data().toString()));
    setting(arguments, "listen_addresses", "127.0.0.1");
    setting(arguments, "port", Integer.toString(port));
    setting(arguments, "unix_socket_directories", "");
    setting(arguments, "shared_buffers", "32MB");
    setting(arguments, "max_wal_size", "256MB");
    setting(arguments, "io_method", "sync"); // no extra worker processes
    setting(arguments, "jit", "off");
    setting(arguments, "track_activity_query_size", "8192"); // our longest statements, whole
    setting(arguments, "TimeZone", "UTC");
    setting(arguments, "log_timezone", "UTC");
    if (!durable) {
      // A commit still reaches the kernel, so killed processes lose nothing.
      setting(arguments, "fsync", "off");
      setting(arguments, "full_page_writes", "off");
    }
    return user.server(program("postgres"), arguments);
  }

  private static void setting(List<String> arguments, String name, String value) {
    arguments.add("-c");
    arguments.add(name + "=" + value);
  }
}
