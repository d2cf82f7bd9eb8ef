package dev.valet.local.ec2.machine;

import dev.valet.common.agent.AgentSettings;
import dev.valet.local.host.ChildProcesses;
import dev.valet.local.host.StartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Machines that are agent processes of this computer. An agent gets what its volume's {@code
 * etc/valet/agent.env} says as its whole environment, and its volume as working directory. No agent
 * outlives this process.
 */
public final class AgentProcesses implements MachineRoom {

  private static final System.Logger LOG = System.getLogger(AgentProcesses.class.getName());
  private static final String ENVIRONMENT = "etc/valet/agent.env";
  private static final String POWER_OFF = "var/lib/valet/requests/power-off";
  private static final String METADATA = "AWS_EC2_METADATA_SERVICE_ENDPOINT";

  /** Without these a JVM mangles file names, and tasks find no programs. */
  private static final Map<String, String> IMAGE_ENVIRONMENT =
      Map.of("PATH", "/usr/local/bin:/usr/bin:/bin", "LANG", "C.UTF-8");

  /** Settings of the browsers, which depend on this machine more than on the sandbox. */
  private static final List<String> CHOSEN_FOR_THIS_RUN =
      List.of(
          AgentSettings.BROWSER_SANDBOX,
          AgentSettings.CAPTURE_ALLOW,
          AgentSettings.CAPTURE_PORTS,
          AgentSettings.ADSPOWER_URL,
          AgentSettings.ADSPOWER_KEY);

  private static final int CLOSE_SECONDS = 6;
  private static final int DYING_SECONDS = 5;

  private final Map<String, Process> agents = new ConcurrentHashMap<>();
  private final AgentCommand command;
  private final Volumes volumes;
  private final Path consoles;
  private final ProcessRecords records;
  private volatile Consumer<String> onPowerOff = id -> {};

  private AgentProcesses(Path folder, AgentCommand command) {
    this.command = command;
    this.volumes = new Volumes(folder.resolve("volumes"));
    this.consoles = folder.resolve("console");
    this.records = new ProcessRecords(folder.resolve("run"));
  }

  /**
   * A room below {@code DATA/ec2}.
   *
   * @param data the data folder
   */
  public static AgentProcesses in(Path data, AgentCommand command) {
    return new AgentProcesses(data.toAbsolutePath().normalize().resolve("ec2"), command);
  }

  @Override
  public void open() throws IOException {
    records.killLeftovers();
  }

  @Override
  public void boot(Machine machine) {
    Console console = new Console(consoles, machine.instanceId());
    try {
      console.open();
      Path root = volumes.attach(machine.rootVolumeId());
      new FirstBoot(root, console::say).run(machine.userData());
      startAgent(machine, root, console);
    } catch (IOException | UncheckedIOException | StartException e) {
      console.say("the machine does not boot: " + e.getMessage());
      LOG.log(Level.WARNING, "{0} does not boot: {1}", machine.instanceId(), e);
    }
  }

  private void startAgent(Machine machine, Path root, Console console) throws IOException {
    Path environment = root.resolve(ENVIRONMENT);
    if (isOn(machine.instanceId())) {
      return;
    }
    if (!Files.isRegularFile(environment)) {
      console.say("there is no agent: user-data has not written /" + ENVIRONMENT);
      return;
    }
    EnvironmentFile file =
        EnvironmentFile.parse(Files.readString(environment, StandardCharsets.UTF_8));
    file.rejects().forEach(line -> console.say(ENVIRONMENT + ": line " + line + " is ignored"));
    Process agent = ChildProcesses.start(builder(machine, root, console, file));
    agents.put(machine.instanceId(), agent);
    records.add(machine.instanceId(), agent.toHandle());
    console.say("agent started, pid " + agent.pid());
    var _ =
        agent
            .onExit()
            .thenAccept(gone -> {
              console.say("agent ended, exit code " + gone.exitValue());
              followPowerOff(machine.instanceId(), root, console);
            });
  }

  /** What a root-owned systemd unit does on a real machine. */
  private void followPowerOff(String instanceId, Path root, Console console) {
    try {
      if (Files.deleteIfExists(root.resolve(POWER_OFF))) {
        console.say("the machine is switched off, as the agent asked");
        onPowerOff.accept(instanceId);
      }
    } catch (IOException e) {
      console.say("the request to switch off cannot be followed: " + e.getMessage());
    }
  }

  @Override
  public void onPowerOff(Consumer<String> listener) {
    onPowerOff = listener;
  }

  private ProcessBuilder builder(
      Machine machine, Path root, Console console, EnvironmentFile file) {
    ProcessBuilder builder = new ProcessBuilder(command.words()).directory(root.toFile());
    Map<String, String> environment = new HashMap<>(IMAGE_ENVIRONMENT);
    for (String name : CHOSEN_FOR_THIS_RUN) {
      String value = System.getenv(name);
      if (value != null) {
        environment.put(name, value);
      }
    }
    environment.putAll(file.values());
    environment.put(METADATA, machine.metadataEndpoint().toString());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(console.file().toFile()));
    return builder;
  }

  @Override
  public CompletableFuture<Void> shutDown(String instanceId) {
    Process agent = agents.get(instanceId);
    if (agent == null || !agent.isAlive()) {
      return CompletableFuture.completedFuture(null);
    }
    agent.destroy();
    return agent.onExit().thenAccept(gone -> {});
  }

  @Override
  public void powerOff(String instanceId) {
    Process agent = agents.get(instanceId);
    if (agent != null) {
      ProcessTree.kill(agent.toHandle());
      agent.onExit().orTimeout(DYING_SECONDS, TimeUnit.SECONDS).join();
      agents.remove(instanceId, agent);
      dropRecord(instanceId);
    }
  }

  private void dropRecord(String instanceId) {
    try {
      records.remove(instanceId);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "Cannot remove the process record of {0}: {1}", instanceId, e);
    }
  }

  @Override
  public void discard(Machine machine) {
    for (String volume : machine.doomedVolumeIds()) {
      try {
        volumes.delete(volume);
      } catch (IOException e) {
        LOG.log(Level.WARNING, "Cannot remove {0} completely: {1}", volume, e);
      }
    }
  }

  @Override
  public void forget(String instanceId) {
    try {
      new Console(consoles, instanceId).delete();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "Cannot remove the console of {0}: {1}", instanceId, e);
    }
  }

  @Override
  public boolean isOn(String instanceId) {
    Process agent = agents.get(instanceId);
    return agent != null && agent.isAlive();
  }

  @Override
  public boolean kill(String instanceId) {
    Process agent = agents.get(instanceId);
    if (agent == null || !agent.isAlive()) {
      return false;
    }
    agent.destroyForcibly();
    agent.onExit().join();
    return true;
  }

  @Override
  public void close() {
    agents.values().forEach(Process::destroy);
    CompletableFuture<?>[] ends =
        agents.values().stream().map(Process::onExit).toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(ends).completeOnTimeout(null, CLOSE_SECONDS, TimeUnit.SECONDS).join();
    List.copyOf(agents.keySet()).forEach(this::powerOff);
  }
}
