package dev.valet.agent;

import dev.valet.agent.platform.ExitCode;
import dev.valet.agent.platform.SettingsReader;
import dev.valet.agent.platform.SettingsRefused;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Entry point: refuses bad settings before anything else starts. */
@QuarkusMain
public final class AgentMain {
  AgentMain() {}

  /** Runs the agent until it is told to stop; exits with one of {@link ExitCode}. */
  public static void main(String... args) {
    TerminationSignals.handle(() -> Runtime.getRuntime().halt(ExitCode.OK));
    try {
      SettingsReader.read(System.getenv());
    } catch (SettingsRefused e) {
      System.err.println("valet-agent: " + e.getMessage());
      System.exit(ExitCode.CONFIG);
    }
    Quarkus.run(Agent.class, args);
  }
}
