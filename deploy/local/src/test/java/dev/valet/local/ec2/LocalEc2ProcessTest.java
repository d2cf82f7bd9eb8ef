package dev.valet.local.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.local.ec2.fleet.Catalogue;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Instance;

/** The process itself, with agents that are processes: what kill -9 and SIGTERM leave behind. */
@Timeout(120)
class LocalEc2ProcessTest {

  @TempDir Path data;
  @TempDir Path apps;
  int port;
  Process ec2;
  Ec2Client sdk;

  @BeforeEach
  void begin() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Files.writeString(
        data.resolve("ec2.env"),
        """
        AWS_ENDPOINT_URL_EC2=http://127.0.0.1:%d
        AWS_REGION=eu-central-1
        AWS_ACCESS_KEY_ID=%s
        AWS_SECRET_ACCESS_KEY='%s'
        VALET_EC2_ACCOUNT=123456789012
        """
            .formatted(port, Cloud.ACCOUNT.accessKeyId(), Cloud.ACCOUNT.secretAccessKey()));
  }

  @AfterEach
  void end() throws Exception {
    if (sdk != null) {
      sdk.close();
    }
    if (ec2 != null) {
      ec2.destroyForcibly().waitFor();
    }
  }

  private Process launcher(Path agent) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LocalEc2Main.class.getName(),
                "--data",
                data.toString(),
                "--port",
                Integer.toString(port),
                "--network",
                "127.83.12",
                "--agent-app",
                agent.toString()));
    for (String each : List.of("launch", "stop", "terminate")) {
      command.add("--" + each + "-time");
      command.add("PT0.2S");
    }
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(data.resolve("log").toFile()))
        .start();
  }

  private void start(Path agent) throws Exception {
    Files.deleteIfExists(data.resolve("log"));
    ec2 = launcher(agent);
    await(() -> log().contains("ready at") || !ec2.isAlive());
    assertThat(ec2.isAlive()).as(log()).isTrue();
    connect();
  }

  /** Anew for each process: connections to a dead one are of no use. */
  private void connect() {
    sdk =
        Ec2Client.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + port))
            .region(Region.of("eu-central-1"))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(
                        Cloud.ACCOUNT.accessKeyId(), Cloud.ACCOUNT.secretAccessKey())))
            .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build();
  }

  private String log() {
    try {
      return Files.exists(data.resolve("log")) ? Files.readString(data.resolve("log")) : "";
    } catch (IOException e) {
      return "";
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(40).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(5_000_000);
    }
  }

  private String launch(String token) {
    return sdk.runInstances(r ->
            r.imageId(Catalogue.IMAGE)
                .instanceType("t3.large")
                .minCount(1)
                .maxCount(1)
                .subnetId(Catalogue.SUBNET_A)
                .clientToken(token)
                .userData(ShellAgent.userData("A=1\n")))
        .instances()
        .getFirst()
        .instanceId();
  }

  private List<Instance> instances() {
    return sdk.describeInstances().reservations().stream()
        .flatMap(r -> r.instances().stream())
        .toList();
  }

  private void awaitState(String id, String state) {
    await(() ->
        instances().stream()
            .anyMatch(i -> i.instanceId().equals(id) && i.state().nameAsString().equals(state)));
  }

  private List<ProcessHandle> agents() throws IOException {
    Path run = data.resolve("ec2/run");
    if (!Files.isDirectory(run)) {
      return List.of();
    }
    try (Stream<Path> records = Files.list(run)) {
      return records
          .filter(record -> record.toString().endsWith(".pid"))
          .flatMap(LocalEc2ProcessTest::process)
          .toList();
    }
  }

  private static Stream<ProcessHandle> process(Path record) {
    try {
      long pid = Long.parseLong(Files.readString(record).split(" ", 2)[0]);
      return ProcessHandle.of(pid).stream();
    } catch (IOException e) {
      return Stream.empty(); // removed since it was listed
    }
  }

  /** A dead process that nobody has collected counts as gone. */
  private static boolean isGone(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z");
    } catch (IOException e) {
      return true;
    }
  }

  private int chaos(String... words) throws InterruptedException {
    String[] args = new String[words.length + 2];
    args[0] = "--data";
    args[1] = data.toString();
    System.arraycopy(words, 0, args, 2, words.length);
    return ChaosCommand.run(args);
  }

  @Test
  void killedAfterALaunchAndBeforeItsAnswerTheReplayFindsTheOneInstance() throws Exception {
    start(ShellAgent.obedient(apps));
    assertThat(chaos("hold", "RunInstances", "after")).isZero();
    CompletableFuture<String> call =
        CompletableFuture.supplyAsync(() -> launch("token"), Thread::startVirtualThread);
    await(() -> instances().size() == 1);
    String id = instances().getFirst().instanceId();
    awaitState(id, "running");
    await(() -> countAgents() == 1);
    List<ProcessHandle> agents = agents();

    ec2.destroyForcibly().waitFor();
    assertThat(call).failsWithin(20, TimeUnit.SECONDS);
    await(() -> agents.stream().allMatch(LocalEc2ProcessTest::isGone));

    start(apps.resolve("agent.sh"));
    assertThat(instances()).hasSize(1);
    assertThat(agents()).hasSize(1).doesNotContainAnyElementsOf(agents);
    assertThat(launch("token")).isEqualTo(id);
    assertThat(instances()).hasSize(1);
  }

  private int countAgents() {
    try {
      return agents().size();
    } catch (IOException e) {
      return -1;
    }
  }

  @Test
  void killedBeforeALaunchNothingIsThereAndTheReplayLaunches() throws Exception {
    start(ShellAgent.obedient(apps));
    assertThat(chaos("hold", "RunInstances", "before")).isZero();
    CompletableFuture<String> call =
        CompletableFuture.supplyAsync(() -> launch("token"), Thread::startVirtualThread);
    await(() -> held("{\"held\":{\"RunInstances before\":1}}"));

    ec2.destroyForcibly().waitFor();
    assertThat(call).failsWithin(20, TimeUnit.SECONDS);

    start(apps.resolve("agent.sh"));
    assertThat(instances()).isEmpty();
    assertThat(launch("token")).startsWith("i-");
  }

  private boolean held(String expected) {
    return Http.send(
            "GET",
            URI.create("http://127.0.0.1:" + port + "/chaos"),
            "",
            "Authorization",
            "Bearer " + Cloud.ACCOUNT.secretAccessKey())
        .body()
        .equals(expected);
  }

  @Test
  void aTermSignalEndsEvenStubbornAgentsWithinEightSecondsAndKeepsTheInstances() throws Exception {
    start(ShellAgent.stubborn(apps));
    String id = launch("token");
    awaitState(id, "running");
    await(() -> countAgents() == 1);
    List<ProcessHandle> agents = agents();

    ec2.destroy();

    assertThat(ec2.waitFor(8, TimeUnit.SECONDS)).isTrue();
    assertThat(agents).allMatch(LocalEc2ProcessTest::isGone);
    start(apps.resolve("agent.sh"));
    assertThat(instances().getFirst().state().nameAsString()).isEqualTo("running");
    assertThat(agents()).hasSize(1);
  }

  @Test
  void stopStartRebootAndTerminateReachTheProcess() throws Exception {
    start(ShellAgent.obedient(apps));
    String id = launch("token");
    awaitState(id, "running");
    await(() -> countAgents() == 1);
    ProcessHandle first = agents().getFirst();

    sdk.rebootInstances(r -> r.instanceIds(id));
    await(() -> isGone(first) && countAgents() == 1);
    ProcessHandle second = agents().getFirst();
    sdk.stopInstances(r -> r.instanceIds(id));
    awaitState(id, "stopped");
    assertThat(isGone(second)).isTrue();
    assertThat(agents()).isEmpty();
    sdk.startInstances(r -> r.instanceIds(id));
    awaitState(id, "running");
    await(() -> countAgents() == 1);
    ProcessHandle third = agents().getFirst();
    sdk.terminateInstances(r -> r.instanceIds(id));
    awaitState(id, "terminated");

    assertThat(isGone(third)).isTrue();
    assertThat(data.resolve("ec2/volumes")).isEmptyDirectory();
  }

  @Test
  void aKilledAgentIsNotRestarted() throws Exception {
    start(ShellAgent.obedient(apps));
    String id = launch("token");
    awaitState(id, "running");
    await(() -> countAgents() == 1);
    ProcessHandle agent = agents().getFirst();

    assertThat(chaos("kill-agent", id)).isZero();
    assertThat(isGone(agent)).isTrue();
    assertThat(instances().getFirst().state().nameAsString()).isEqualTo("running");
    assertThat(chaos("start-agent", id)).isZero();
    assertThat(agents()).hasSize(1).doesNotContain(agent);
  }

  @Test
  void aSecondOneOnTheSameFolderEndsAndHarmsNobody() throws Exception {
    start(ShellAgent.obedient(apps));
    String id = launch("token");
    awaitState(id, "running");
    await(() -> countAgents() == 1);
    List<ProcessHandle> agents = agents();

    Process second = launcher(apps.resolve("agent.sh"));

    assertThat(second.waitFor()).isEqualTo(1);
    assertThat(log()).contains("is in use by another local EC2");
    assertThat(agents).noneMatch(LocalEc2ProcessTest::isGone);
    assertThat(instances()).hasSize(1);
  }
}
