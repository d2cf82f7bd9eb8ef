package dev.valet.agent.engine.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs by name. */
public final class Executables {
  private static final String USUAL =
      "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin";

  private Executables() {}

  /** The first of the names that is a program on the agent's PATH or in the usual folders. */
  public static Optional<Path> find(String... names) {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    List<String> folders = List.of((path + File.pathSeparator + USUAL).split(File.pathSeparator));
    return Arrays.stream(names)
        .flatMap(name -> folders.stream().filter(folder -> !folder.isBlank()).map(name(name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static java.util.function.Function<String, Path> name(String name) {
    return folder -> Path.of(folder, name);
  }

  /** Changes when another version takes the program's place. */
  public static String stamp(Path program) {
    try {
      Path real = program.toRealPath();
      return real + " " + Files.getLastModifiedTime(real).toMillis() + " " + Files.size(real);
    } catch (IOException e) {
      return program + " unreadable";
    }
  }

  /** All entries of a folder; none if it cannot be read. */
  static List<Path> entries(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
