package dev.valet.local.ec2.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.valet.local.ec2.ShellAgent;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, with a few lines of shell as their agent. */
@Timeout(60)
class AgentProcessesTest {

  private static final String ID = "i-0123456789abcdef0";

  @TempDir Path data;
  @TempDir Path apps;
  AgentProcesses room;

  @BeforeEach
  void begin() throws IOException {
    room = AgentProcesses.in(data, AgentCommand.of(ShellAgent.obedient(apps)));
    room.open();
  }

  @AfterEach
  void end() {
    room.close();
  }

  private static Machine machine(@Nullable String userData) {
    return new Machine(
        ID,
        "vol-1",
        List.of("vol-1", "vol-2"),
        "127.83.12.2",
        userData,
        URI.create("http://127.0.0.1:1/imds/x"));
  }

  private void boot() {
    room.boot(machine(ShellAgent.userData("A=1\nB=\"two \\\"words\\\"\"\nnonsense\nLANG=de\n")));
  }

  private String console() throws IOException {
    Path file = data.resolve("ec2/console/" + ID + ".log");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private Path volume() {
    return data.resolve("ec2/volumes/vol-1");
  }

  private long pid() throws IOException {
    return Long.parseLong(
        Files.readString(data.resolve("ec2/run/" + ID + ".pid")).split(" ", -1)[0]);
  }

  @Test
  void anAgentMaySwitchItsMachineOffAndIsNotAskedTwice() throws Exception {
    room.close();
    room = AgentProcesses.in(data, AgentCommand.of(ShellAgent.tired(apps)));
    room.open();
    BlockingQueue<String> off = new LinkedBlockingQueue<>();
    room.onPowerOff(off::add);

    boot();

    assertThat(off.poll(20, TimeUnit.SECONDS)).isEqualTo(ID);
    assertThat(volume().resolve("var/lib/valet/requests/power-off")).doesNotExist();
    assertThat(console()).contains("the machine is switched off, as the agent asked");
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(5_000_000);
    }
  }

  private void awaitConsole(String text) {
    await(() -> {
      try {
        return console().contains(text);
      } catch (IOException e) {
        return false;
      }
    });
  }

  @Test
  void anAgentGetsItsFileAsEnvironmentAndItsVolumeAsFolderAndNothingElse() throws IOException {
    boot();
    awaitConsole("LANG=");

    assertThat(console().lines().filter(line -> !line.startsWith("machine: ")))
        .containsExactlyInAnyOrder(
            "hello from " + volume().toRealPath(),
            "A=1",
            "B=two \"words\"",
            "LANG=de",
            "PATH=/usr/local/bin:/usr/bin:/bin",
            "AWS_EC2_METADATA_SERVICE_ENDPOINT=http://127.0.0.1:1/imds/x",
            "PWD=" + volume().toRealPath());
    assertThat(console()).contains("machine: etc/valet/agent.env: line 3 is ignored");
    assertThat(Files.getPosixFilePermissions(volume().resolve("etc/valet/agent.env")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void shuttingDownIsATermSignalAndCompletesWhenTheAgentIsGone() throws Exception {
    boot();
    awaitConsole("LANG=");

    room.shutDown(ID).get(20, TimeUnit.SECONDS);

    assertThat(room.isOn(ID)).isFalse();
    awaitConsole("agent ended, exit code 0");
    assertThat(console()).contains("goodbye");
    assertThat(room.shutDown(ID)).isDone();
  }

  @Test
  void cuttingThePowerEndsAnAgentThatDoesNotListen() throws Exception {
    room.close();
    room = AgentProcesses.in(data, AgentCommand.of(ShellAgent.stubborn(apps)));
    boot();
    awaitConsole("LANG=");
    long pid = pid();
    assertThat(room.shutDown(ID)).isNotDone();
    awaitConsole("no\n");

    room.powerOff(ID);

    assertThat(isAlive(pid)).isFalse();
    assertThat(data.resolve("ec2/run")).isEmptyDirectory();
    room.powerOff(ID);
  }

  @Test
  void aKilledAgentStaysDeadUntilTheMachineBootsAgain() throws Exception {
    boot();
    long first = pid();

    assertThat(room.kill(ID)).isTrue();
    assertThat(room.kill(ID)).isFalse();
    assertThat(room.isOn(ID)).isFalse();

    boot();
    assertThat(room.isOn(ID)).isTrue();
    assertThat(pid()).isNotEqualTo(first);
  }

  @Test
  void bootingAMachineThatIsOnChangesNothing() throws Exception {
    boot();
    long pid = pid();
    boot();

    assertThat(pid()).isEqualTo(pid);
  }

  @Test
  void aVolumeIsKeptOverBootsAndGoneWhenItIsDiscarded() throws Exception {
    boot();
    Files.createDirectories(volume().resolve("var/lib/valet"));
    Files.writeString(volume().resolve("var/lib/valet/credential"), "x");
    room.powerOff(ID);
    boot();
    assertThat(volume().resolve("var/lib/valet/credential")).exists();

    room.powerOff(ID);
    Path locked = Files.createDirectories(volume().resolve("locked/inner"));
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
    Path outside = Files.writeString(apps.resolve("outside"), "mine");
    Files.createSymbolicLink(volume().resolve("link"), apps);
    room.discard(machine(null));

    assertThat(volume()).doesNotExist();
    assertThat(outside).exists();
    room.discard(machine(null));
    room.forget(ID);
    assertThat(console()).isEmpty();
  }

  @Test
  void aMachineWithoutAnAgentSaysWhy() throws Exception {
    room.boot(machine(null));

    assertThat(room.isOn(ID)).isFalse();
    assertThat(console()).contains("there is no user-data").contains("there is no agent");
  }

  @Test
  void aLongConsoleMovesAsideAtTheNextBoot() throws Exception {
    Path folder = Files.createDirectories(data.resolve("ec2/console"));
    Files.writeString(folder.resolve(ID + ".log"), "x".repeat(1024 * 1024 + 1));

    boot();

    assertThat(Files.size(folder.resolve(ID + ".log"))).isLessThan(10_000);
    assertThat(Files.size(folder.resolve(ID + ".log.1"))).isEqualTo(1024 * 1024 + 1);
  }

  @Test
  void whatAnEarlierRunLeftBehindIsKilledButNeverAStrangerWithItsPid() throws Exception {
    Process leftover = new ProcessBuilder("sleep", "600").start();
    Process stranger = new ProcessBuilder("sleep", "600").start();
    ProcessRecords records = new ProcessRecords(data.resolve("ec2/run"));
    records.add("i-left", leftover.toHandle());
    records.add("i-other", stranger.toHandle());
    Path record = data.resolve("ec2/run/i-other.pid");
    String[] fields = Files.readString(record).split(" ", -1);
    Files.writeString(record, fields[0] + " " + (Long.parseLong(fields[1]) - 1) + " " + fields[2]);
    Files.writeString(data.resolve("ec2/run/i-torn.pid"), "");

    try {
      AgentProcesses.in(data, AgentCommand.of(apps.resolve("agent.sh"))).open();

      assertThat(leftover.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(stranger.isAlive()).isTrue();
      assertThat(data.resolve("ec2/run")).isEmptyDirectory();
    } finally {
      leftover.destroyForcibly();
      stranger.destroyForcibly();
    }
  }

  @Test
  void anAppThatIsNoneIsRefused() {
    assertThatThrownBy(() -> AgentCommand.of(data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("quarkus-run.jar");
  }

  @Test
  void theFlagsAreThoseThatTheAgentsBuildRecordsItsCacheWith() throws IOException {
    Files.createFile(apps.resolve("quarkus-run.jar"));
    Path pom = Path.of("../../worker-agent/pom.xml");

    List<String> words = AgentCommand.of(apps).words();

    assertThat(Files.readString(pom))
        .contains(
            "<agent.jvm.flags>"
                + String.join(" ", words.subList(1, words.indexOf("-jar")))
                + "</agent.jvm.flags>");
  }

  @Test
  void aJarIsStartedWithTheFlagsThatItsCacheWasRecordedWith() throws IOException {
    Files.createFile(apps.resolve("quarkus-run.jar"));
    List<String> plain = AgentCommand.of(apps).words();
    Files.createFile(apps.resolve("app.aot"));
    List<String> cached = AgentCommand.of(apps).words();

    assertThat(plain.subList(1, plain.size()))
        .containsExactly(
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            apps.resolve("quarkus-run.jar").toString());
    assertThat(cached).contains("-XX:AOTCache=" + apps.resolve("app.aot"));
  }
}
