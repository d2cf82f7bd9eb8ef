package dev.valet.local.ec2.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A machine's console: what its agent prints, and what the machine itself has to say. */
final class Console {

  private static final long ROTATE_AT = 1024 * 1024;

  private final Path file;

  Console(Path folder, String instanceId) {
    this.file = folder.resolve(instanceId + ".log");
  }

  Path file() {
    return file;
  }

  /** Begins another boot: a long console moves aside, over the one before it. */
  void open() throws IOException {
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    if (Files.exists(file) && Files.size(file) > ROTATE_AT) {
      Files.move(file, aside(), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Adds a line of the machine's own. */
  void say(String line) {
    try {
      Files.write(
          file,
          ("machine: " + line + "\n").getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      System.getLogger(Console.class.getName())
          .log(System.Logger.Level.WARNING, "Cannot write " + file + ": " + e);
    }
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
    Files.deleteIfExists(aside());
  }

  private Path aside() {
    return file.resolveSibling(file.getFileName() + ".1");
  }
}
