package dev.valet.local.host;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Command lines that run the same Java as this JVM. */
public final class JavaCommand {
  private JavaCommand() {}

  /**
   * The command line.
   *
   * @param flags options of the JVM
   * @param program {@code -jar x.jar} or {@code -cp path Main}, and its arguments
   */
  public static List<String> of(List<String> flags, List<String> program) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(program);
    return command;
  }

  /** This JVM's class path, for a child that runs in another folder. */
  public static String classPath() {
    return absolute(System.getProperty("java.class.path"));
  }

  static String absolute(String classPath) {
    return Arrays.stream(classPath.split(File.pathSeparator, -1))
        .map(element -> Path.of(element).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
