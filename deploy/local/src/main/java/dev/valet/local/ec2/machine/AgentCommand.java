package dev.valet.local.ec2.machine;

import dev.valet.local.host.JavaCommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How an agent is started: a JVM with few resources, or an executable. The JVM flags are in the
 * file {@code agent.jvmflags} beside this class. An AOT cache is valid only for the flags that it
 * was recorded with, so they must be those of the agent's build; a test compares them.
 */
public final class AgentCommand {

  private static final String FLAGS = "agent.jvmflags";

  private final List<String> command;

  private AgentCommand(List<String> command) {
    this.command = List.copyOf(command);
  }

  /**
   * The command for an agent as it was built.
   *
   * @param agentApp a folder with {@code quarkus-run.jar} and, if there is one, its AOT cache
   *     {@code app.aot}; or an executable file
   * @throws IllegalArgumentException when it is neither
   */
  public static AgentCommand of(Path agentApp) {
    Path app = agentApp.toAbsolutePath().normalize();
    if (Files.isRegularFile(app) && Files.isExecutable(app)) {
      return new AgentCommand(List.of(app.toString()));
    }
    Path jar = app.resolve("quarkus-run.jar");
    if (!Files.isRegularFile(jar)) {
      throw new IllegalArgumentException(
          app
              + " is neither an executable nor a folder with quarkus-run.jar; build the agent first");
    }
    return new AgentCommand(jvm(jar, app.resolve("app.aot")));
  }

  private static List<String> jvm(Path jar, Path cache) {
    List<String> flags = new ArrayList<>(flags());
    if (Files.isRegularFile(cache)) {
      flags.add("-XX:AOTCache=" + cache);
      flags.add("-Xlog:aot*=error"); // it warns of harmless things
    }
    return JavaCommand.of(flags, List.of("-jar", jar.toString()));
  }

  private static List<String> flags() {
    try (InputStream file = AgentCommand.class.getResourceAsStream(FLAGS)) {
      if (file == null) {
        throw new IllegalStateException(FLAGS + " is missing from the class path");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read " + FLAGS, e);
    }
  }

  /** Program and arguments. */
  public List<String> words() {
    return command;
  }
}
