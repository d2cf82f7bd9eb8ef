package dev.valet.local.host;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;

/** The log file of one child process; the folder holds at most this and the one before. */
public record LogFile(Path path) {
  private static final long LIMIT = 5L << 20;
  private static final int TAIL_BYTES = 8_192;

  /**
   * Makes the folder and, if the file is over 5 MiB, moves it to {@code <name>.1} so that the child
   * starts a new one.
   */
  public LogFile prepare() {
    try {
      PrivateFiles.folder(Objects.requireNonNull(path.toAbsolutePath().getParent()));
      if (Files.exists(path) && Files.size(path) > LIMIT) {
        Path old = path.resolveSibling(path.getFileName() + ".1");
        Files.move(path, old, StandardCopyOption.REPLACE_EXISTING);
      }
      return this;
    } catch (IOException e) {
      throw new StartException("Cannot write the log " + path + ": " + e, e);
    }
  }

  /** Where a child writes its standard output and error. */
  public ProcessBuilder.Redirect redirect() {
    return ProcessBuilder.Redirect.appendTo(path.toFile());
  }

  /** The last lines, oldest first; none if there is no such file. */
  public List<String> tail(int lines) {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      long from = Math.max(0, file.length() - TAIL_BYTES);
      byte[] bytes = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(bytes);
      List<String> all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return all.subList(Math.max(0, all.size() - lines), all.size());
    } catch (IOException e) {
      return List.of();
    }
  }
}
