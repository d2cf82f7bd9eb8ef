package dev.valet.local.ec2;

import dev.valet.local.ec2.fleet.Timings;
import dev.valet.local.ec2.machine.AgentCommand;
import dev.valet.local.ec2.machine.AgentProcesses;
import dev.valet.local.host.StartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * The local EC2 as a process: {@code --data DIR --port P --network 127.x.y --agent-app DIR}, and
 * for each of {@code launch}, {@code stop}, {@code terminate}, {@code forget} and {@code check} a
 * {@code --...-time PT1S} if need be. Reads {@code DIR/ec2.env}. Ends on SIGTERM within 8 seconds;
 * exits with 1 and one line when it cannot start.
 */
public final class LocalEc2Main {

  private static final Set<String> KNOWN =
      Set.of(
          "data",
          "port",
          "network",
          "agent-app",
          "launch-time",
          "stop-time",
          "terminate-time",
          "forget-time",
          "check-time");

  private LocalEc2Main() {}

  /** Runs until the process is told to end. */
  public static void main(String[] args) throws InterruptedException {
    System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tT %4$s %5$s%6$s%n");
    try {
      LocalEc2 ec2 = LocalEc2.start(config(new Arguments(args, KNOWN)));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> close(ec2), "local-ec2-end"));
      System.out.println("local EC2 ready at " + ec2.endpoint());
    } catch (IOException
        | UncheckedIOException
        | IllegalArgumentException
        | IllegalStateException
        | StartException e) {
      System.err.println("local EC2: " + e.getMessage());
      System.exit(1);
    }
    new CountDownLatch(1).await();
  }

  private static LocalEc2Config config(Arguments arguments) throws IOException {
    Path data = Path.of(arguments.required("data"));
    int port = arguments.port("port");
    Timings usual = Timings.DEFAULT;
    Timings timings =
        new Timings(
            arguments.duration("launch-time", usual.launch()),
            arguments.duration("stop-time", usual.stop()),
            arguments.duration("terminate-time", usual.terminate()),
            arguments.duration("forget-time", usual.forget()),
            arguments.duration("check-time", usual.checks()));
    AgentCommand agent = AgentCommand.of(Path.of(arguments.required("agent-app")));
    String network = arguments.required("network");
    return LocalEc2Config.of(data, Environment.read(data).account(), AgentProcesses.in(data, agent))
        .withPort(port)
        .withNetwork(network)
        .withTimings(timings);
  }

  private static void close(LocalEc2 ec2) {
    try {
      ec2.close();
    } catch (IOException e) {
      System.err.println("local EC2: " + e.getMessage());
    }
  }
}
