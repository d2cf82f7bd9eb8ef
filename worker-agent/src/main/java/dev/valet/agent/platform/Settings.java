package dev.valet.agent.platform;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The agent's settings, checked. Their environment variables are named in {@link
 * dev.valet.common.agent.AgentSettings}.
 *
 * @param apiUrl base of the API, without a slash at the end
 * @param sandboxId the sandbox that this agent serves
 * @param bootstrapToken one-use token for enrolment; null when the user-data has none
 * @param capacity tasks at once, 1 to 100, until the API says otherwise
 * @param engines names of the declared browser engines, until the API says otherwise
 * @param stateDir absolute path of the folder for what the agent keeps
 * @param healthPort 1 to 65535
 * @param healthHost where the health server listens
 * @param imdsEndpoint base of the instance metadata service, without a slash at the end
 * @param deadMan how long the API may be silent until an idle machine is switched off; zero for
 *     ever
 * @param desktop whether there is a desktop that people can watch
 * @param drainGrace how long running tasks may go on after the agent was asked to stop
 * @param browsers of the browser engines
 */
public record Settings(
    URI apiUrl,
    UUID sandboxId,
    @Nullable Secret bootstrapToken,
    int capacity,
    List<String> engines,
    Path stateDir,
    int healthPort,
    BindHost healthHost,
    URI imdsEndpoint,
    Duration deadMan,
    DesktopMode desktop,
    Duration drainGrace,
    BrowserSettings browsers) {

  /** Copies the list. */
  public Settings {
    engines = List.copyOf(engines);
  }

  /** Whether token and credential cross a network unencrypted. */
  public boolean sendsSecretsInClear() {
    String host = apiUrl.getHost();
    boolean local = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    return apiUrl.getScheme().equalsIgnoreCase("http") && !local;
  }
}
