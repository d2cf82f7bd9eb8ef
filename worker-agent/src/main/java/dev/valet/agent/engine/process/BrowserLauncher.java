package dev.valet.agent.engine.process;

import dev.valet.agent.engine.EngineFailure;
import dev.valet.agent.engine.Sighting;
import dev.valet.agent.platform.ProcessGroup;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Starts browser programs in a session of their own, with nothing of the agent's environment. */
@Singleton
public final class BrowserLauncher {
  private final BrowserUser user;
  private final Forker forker;

  BrowserLauncher(BrowserUser user, Forker forker) {
    this.user = user;
    this.forker = forker;
  }

  /** As whom they run. */
  public BrowserUser user() {
    return user;
  }

  /**
   * What is to be seen of a program without starting it.
   *
   * @param program empty if it was not found
   * @param missing says so, and how to get it
   */
  public Sighting sighting(Optional<Path> program, String missing) {
    String obstacle = user.obstacle();
    if (obstacle != null) {
      return Sighting.blocked(obstacle);
    }
    return program
        .map(found -> Sighting.clear(Executables.stamp(found), user.warning()))
        .orElseGet(() -> Sighting.blocked(missing));
  }

  /**
   * Starts one.
   *
   * @param command the program and its arguments
   * @param folder of its run
   * @param more variables that it needs
   */
  public BrowserProcess start(List<String> command, Path folder, Map<String, String> more)
      throws EngineFailure, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(ProcessGroup.ofItsOwn(user.command(command)))
            .directory(folder.toFile())
            .redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    String path =
        Objects.requireNonNullElse(environment.get("PATH"), "/usr/local/bin:/usr/bin:/bin");
    environment.clear();
    environment.putAll(more);
    environment.put("PATH", path);
    environment.put("LANG", "C.UTF-8");
    environment.put("HOME", folder.resolve("home").toString());
    environment.put("TMPDIR", folder.resolve("t").toString());
    environment.put(ProcessTable.MARK, folder.toString());
    try {
      return new BrowserProcess(forker.start(builder), folder);
    } catch (IOException e) {
      throw new EngineFailure("cannot start " + command.getFirst() + ": " + e.getMessage());
    }
  }
}
