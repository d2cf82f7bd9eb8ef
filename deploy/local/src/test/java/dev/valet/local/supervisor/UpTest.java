package dev.valet.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.local.host.LoopbackPorts;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real PostgreSQL, real identity provider, real processes; stand-ins for the API and for EC2. */
class UpTest {
  @TempDir Path folder;
  private StandInApp app;
  private Path appFolder;
  private Path data;
  private int port;
  private String agentPort;

  @BeforeEach
  void prepare() {
    appFolder = folder.resolve("app");
    app = StandInApp.in(appFolder);
    data = folder.resolve("data");
    port = LoopbackPorts.free();
    agentPort = Integer.toString(LoopbackPorts.free());
  }

  @Test
  void itSaysWhatToDoNextAndStopsInOrderOnASignal() throws Exception {
    try (RunningUp up = up("--sandboxes", "2").awaitReady()) {
      assertThat(up.output())
          .contains("2 of 2 demo sandboxes are healthy")
          .contains("Valet is ready: http://localhost:" + port)
          .contains("./valet token --as admin --data data")
          .contains("/api/v1/sandboxes");
      assertThat(up.get("/env"))
          .contains("QUARKUS_DATASOURCE_USERNAME=valet_app")
          .contains("QUARKUS_FLYWAY_USERNAME=valet_owner")
          .contains("VALET_PUBLIC_URL=http://localhost:" + port)
          .contains("VALET_AGENT_PORT=" + agentPort)
          .contains("VALET_EC2_ACCOUNT=000000000000")
          .doesNotContain("AWS_PROFILE");
      List<ProcessHandle> children = up.descendants();
      assertThat(children).hasSizeGreaterThan(4);

      long start = System.nanoTime();
      up.signal("TERM");

      assertThat(up.status()).isZero();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      assertThat(RunningUp.allGone(children, Duration.ofSeconds(1))).isTrue();
      assertThat(up.output()).doesNotContain("starting it again").endsWith("Stopped.\n");
    }
  }

  @Test
  void aSecondUpSaysThatItRunsAlreadyAndADeadPartComesBack() throws Exception {
    try (RunningUp up = up().awaitReady()) {
      RunningUp second = RunningUp.start(app, appFolder, data, port);
      assertThat(second.status()).isZero();
      assertThat(second.output())
          .isEqualTo("Valet is running already on data: http://localhost:" + port + "\n");

      ProcessHandle.of(Long.parseLong(up.get("/pid"))).orElseThrow().destroyForcibly();

      up.awaitOutput("API ended (killed by signal 9): starting it again in 1 s")
          .awaitOutput("API is ready again");
    }
  }

  @Test
  void afterKillNineNothingIsLeftAndTheSameInstallationComesBack() throws Exception {
    Properties before;
    try (RunningUp up = up().awaitReady();
        RunningUp other =
            RunningUp.start(
                    app,
                    appFolder,
                    folder.resolve("other"),
                    LoopbackPorts.free(),
                    "--agent-port",
                    agentPort)
                .awaitReady()) {
      before = settings();
      List<ProcessHandle> children = up.descendants();
      up.signal("KILL");
      assertThat(RunningUp.allGone(children, Duration.ofSeconds(10))).isTrue();
      assertThat(other.get("/pid")).as("the other installation goes on").isNotEmpty();
    }

    try (RunningUp again = up().awaitReady()) {
      assertThat(settings()).isEqualTo(before);
      assertThat(again.output()).doesNotContain("starting it again");
    }
  }

  @Test
  void aPartThatDoesNotStartIsNamedAndEverythingIsStopped() throws Exception {
    Files.delete(appFolder.resolve("api/quarkus-run.jar"));
    try (RunningUp up = up()) {
      assertThat(up.status()).isEqualTo(1);
      assertThat(up.output().lines().toList().getLast())
          .startsWith("valet up: API does not start (exit status 1;")
          .contains("quarkus-run.jar")
          .contains("logs/api.log");
      assertThat(up.descendants()).isEmpty();
    }
  }

  @Test
  void aSignalInTheMiddleOfTheStartIsNoFailureAndLeavesNothing() throws Exception {
    try (RunningUp up = up().awaitOutput("Starting Valet")) {
      up.signal("INT");

      assertThat(up.status()).isZero();
      assertThat(up.output()).endsWith("Stopped.\n").doesNotContain("valet up:");
      assertThat(RunningUp.allGone(naming(data), Duration.ofSeconds(5))).isTrue();
    }
  }

  @Test
  void aTakenPortIsNamedWithTheWayAroundIt() throws Exception {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress("127.0.0.1", port));
      try (RunningUp up = up()) {
        assertThat(up.status()).isEqualTo(1);
        assertThat(up.output().lines())
            .containsExactly(
                "valet up: Port %d is taken by java (pid %d): choose another with --port"
                    .formatted(port, ProcessHandle.current().pid()));
      }
    }
  }

  private static List<ProcessHandle> naming(Path folder) {
    return ProcessHandle.allProcesses()
        .filter(p -> p.info().commandLine().orElse("").contains(folder.toString()))
        .toList();
  }

  private RunningUp up(String... more) {
    String[] all = new String[more.length + 2];
    all[0] = "--agent-port";
    all[1] = agentPort;
    System.arraycopy(more, 0, all, 2, more.length);
    return RunningUp.start(app, appFolder, data, port, all);
  }

  private Properties settings() throws Exception {
    Properties read = new Properties();
    try (var in = Files.newInputStream(data.resolve("local.properties"))) {
      read.load(in);
    }
    return read;
  }
}
