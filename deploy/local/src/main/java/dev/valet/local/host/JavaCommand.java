package dev.valet.local.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
}
