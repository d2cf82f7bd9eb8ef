package dev.valet.local.hatchet;

import dev.valet.local.host.CacheFolder;
import dev.valet.local.host.ChildProcesses;
import dev.valet.local.host.LogFile;
import dev.valet.local.host.PrivateFiles;
import dev.valet.local.host.Secrets;
import dev.valet.local.host.StartException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An executable made from Go, built once per user and version into the cache folder that all data
 * folders share.
 */
public final class GoProgram {
  private static final int SIGN_OF_LIFE_SECONDS = 60;

  private final String name;
  private final String title;
  private final GoSource source;
  private final Path home;

  private GoProgram(String name, String title) {
    this.name = name;
    this.title = title;
    this.source = GoSource.read(name);
    this.home = CacheFolder.folder().resolve(name + "-" + source.digest());
  }

  /** The engine's. */
  public static GoProgram engine() {
    return of("hatchet-engine", "Hatchet engine");
  }

  /**
   * Another one.
   *
   * @param name of its folder on the class path, with {@code go.mod}, {@code go.sum} and {@code
   *     main.go}
   * @param title what people call it
   */
  public static GoProgram of(String name, String title) {
    return new GoProgram(name, title);
  }

  /** Whether nothing is left to build. */
  public boolean isBuilt() {
    return Files.isExecutable(executable());
  }

  private Path executable() {
    return home.resolve(name);
  }

  /**
   * Builds it unless that is done, which downloads its libraries and takes minutes; while another
   * process does it, waits for that one.
   *
   * @param progress gets lines for the person at the terminal
   * @return the executable
   * @throws StartException if it cannot be built; the message is one line
   */
  public Path build(GoToolchain go, Consumer<String> progress) {
    if (isBuilt()) {
      return executable();
    }
    try {
      Files.createDirectories(home);
      try (FileChannel channel =
              FileChannel.open(
                  home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock _ = channel.lock()) {
        if (!isBuilt()) { // a twin may have been faster
          compile(go, progress);
        }
        return executable();
      }
    } catch (IOException e) {
      throw new StartException("Cannot build the " + title + " in " + home + ": " + e, e);
    }
  }

  private void compile(GoToolchain go, Consumer<String> progress) throws IOException {
    Path folder = home.resolve("source");
    source.writeInto(folder);
    LogFile log = new LogFile(home.resolve("build.log")).prepare();
    Path fresh = home.resolve(name + ".new-" + HexFormat.of().formatHex(Secrets.random(4)));
    progress.accept(
        "Building the %s in the background; the first time takes some minutes".formatted(title));
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of("nice", "-n", "10", go.program(), "build", "-o", fresh.toString(), "."))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.redirect());
    builder.environment().put("GOTOOLCHAIN", "local");
    builder.environment().put("GOFLAGS", "-mod=readonly -buildvcs=false");
    int status = await(ChildProcesses.start(builder), progress);
    if (status != 0) {
      PrivateFiles.deleteTree(fresh);
      throw new StartException(
          "the %s cannot be built (%s): see %s"
              .formatted(title, String.join(" ", log.tail(1)).strip(), log.path()));
    }
    Files.move(fresh, executable(), StandardCopyOption.ATOMIC_MOVE);
  }

  private int await(Process build, Consumer<String> progress) {
    try {
      for (int minutes = 1; !build.waitFor(SIGN_OF_LIFE_SECONDS, TimeUnit.SECONDS); minutes++) {
        progress.accept("The %s is being built (%d min so far)".formatted(title, minutes));
      }
      return build.exitValue();
    } catch (InterruptedException e) {
      build.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new StartException("interrupted while building the " + title, e);
    }
  }
}
