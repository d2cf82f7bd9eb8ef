package dev.valet.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.local.host.ProcessRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValetScriptTest {
  @TempDir Path folder;
  private FakeCheckout checkout;

  @BeforeEach
  void prepare() {
    checkout = FakeCheckout.in(folder);
  }

  @Test
  void helpNamesEveryCommandAndOption() {
    var answer = valet("--help");

    assertThat(answer.status()).isZero();
    assertThat(answer.out())
        .contains("up ", "test ", "token ", "chaos ", "bench ", "version ")
        .contains(
            "--port 8080", "--data .valet", "--sandboxes N", "--agent-port 8000", "--as ROLE");
  }

  @Test
  void theVersionIsThePoms() {
    assertThat(valet("version").out()).startsWith("valet 1.2.3 (commit ");
  }

  @Test
  void misuseIsNamedWithStatusTwo() {
    assertThat(valet().status()).isEqualTo(2);
    assertThat(valet("frob"))
        .isEqualTo(
            new Terminal.Answer(2, "", "valet: there is no command 'frob'; see ./valet --help\n"));
    assertThat(valet("up", "--prt", "1").err()).contains("up has no option --prt");
    assertThat(valet("up", "--port").err()).contains("--port needs a number");
    assertThat(valet("up", "--sandboxes", "many").err()).contains("--sandboxes needs a number");
    assertThat(valet("token", "--data").err()).contains("--data needs a folder");
  }

  @Test
  void upBuildsWhatChangedAndHandsOverToJava() throws Exception {
    var first = valet("up", "--port", "9090");
    assertThat(first.status()).isZero();
    assertThat(first.out())
        .contains("[6/6] Valet local")
        .contains(
            "dev.valet.local.supervisor.LocalMain up --app .valet/app --data .valet --port 9090");
    assertThat(checkout.builds()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("maven-calls")))
        .contains("package -Dmaven.test.skip=true");
    assertThat(folder.resolve(".valet/app/api/quarkus-run.jar")).exists();

    assertThat(valet("up").out()).doesNotContain("Building");
    assertThat(checkout.builds()).as("nothing changed").isEqualTo(1);

    checkout.edit("api/src/test/java/ATest.java");
    valet("up");
    assertThat(checkout.builds()).as("only a test changed").isEqualTo(1);

    checkout.edit("api/src/main/java/A.java");
    valet("up");
    assertThat(checkout.builds()).as("a source changed").isEqualTo(2);
  }

  @Test
  void aRunningInstallationIsNeitherRebuiltNorReplaced() throws Exception {
    valet("up");
    checkout.edit("api/src/main/java/A.java");
    checkout.write(".valet/app/api/quarkus-run.jar", "in use");
    ProcessRecord.of(ProcessHandle.current().pid())
        .orElseThrow()
        .write(folder.resolve(".valet/supervisor.pid"));

    assertThat(valet("up").status()).isZero();

    assertThat(checkout.builds()).isEqualTo(1);
    assertThat(folder.resolve(".valet/app/api/quarkus-run.jar")).hasContent("in use");
  }

  @Test
  void theProcessNumberOfADeadInstallationMayBelongToAnotherProgram() throws Exception {
    valet("up");
    ProcessRecord self = ProcessRecord.of(ProcessHandle.current().pid()).orElseThrow();
    new ProcessRecord(self.pid(), self.start() - 1, self.boot())
        .write(folder.resolve(".valet/supervisor.pid"));
    checkout.edit("api/src/main/java/A.java");

    valet("up");

    assertThat(checkout.builds()).isEqualTo(2);
  }

  @Test
  void aJavaHomeOfAnotherVersionIsPassedOver() {
    var answer =
        checkout
            .terminal()
            .with("JAVA_HOME", folder.resolve("jdk17").toString())
            .with("PATH", folder.resolve("jdk25/bin") + ":" + System.getenv("PATH"))
            .run("./valet", "java-home");

    assertThat(answer.out()).isEqualTo(folder.resolve("jdk25") + "\n");
  }

  @Test
  void aTokenNeedsAnInstallation() {
    var answer = valet("token", "--as", "admin", "--data", "nowhere");

    assertThat(answer.status()).isEqualTo(1);
    assertThat(answer.err())
        .isEqualTo(
            "valet: no Valet is running on the data folder nowhere: start one with ./valet up\n");
  }

  @Test
  void tokenAndChaosRunTheCopyInTheDataFolder() {
    valet("up", "--data", "d");

    assertThat(valet("token", "--as", "viewer", "--data", "d").out())
        .contains("d/app/local/valet-local.jar")
        .contains("dev.valet.local.identity.TokenCommand --data d --as viewer");
    assertThat(valet("chaos", "--data", "d", "kill-agent", "i-1").out())
        .contains("dev.valet.local.ec2.ChaosCommand --data d kill-agent i-1");
  }

  @Test
  void testEndsWithWhatDidNotRunAndTheTotalsAndMavensStatus() {
    var answer = valet("test");

    assertThat(answer.status()).isEqualTo(7);
    assertThat(answer.out())
        .contains("NOT RUN: dashboard: Node 20 or newer is not installed\n")
        .contains("[ERROR] something failed");
    assertThat(answer.out().lines().toList().getLast())
        .isEqualTo("[INFO] Tests run: 12, Failures: 1, Errors: 0, Skipped: 0");
    assertThat(folder.resolve("target/valet-test.log")).exists();
  }

  @Test
  void whatWasTestedAsAWholeIsWhatUpRuns() throws Exception {
    Terminal passing = checkout.terminal().with("VERIFY_STATUS", "0");
    passing.run("./valet", "test");
    Files.writeString(folder.resolve("api/target/quarkus-app/app.aot"), "cache");

    assertThat(valet("up").out()).doesNotContain("Building");
    assertThat(folder.resolve(".valet/app/api/app.aot")).exists();

    checkout.edit("api/src/main/java/A.java");
    passing.run("./valet", "test", "-pl", "api");
    assertThat(valet("up").out()).as("a part was tested").contains("Building");
  }

  @Test
  void benchBuildsAndHandsOverToJava() throws Exception {
    assertThat(valet("bench").out()).contains("Built in", "dev.valet.e2e.bench.Bench " + folder);
    assertThat(valet("bench", "reconnects", "10").out())
        .contains("dev.valet.e2e.bench.Bench " + folder + " reconnects 10");
    assertThat(valet("bench", "--fast").err())
        .contains("bench knows lists, agent, throughput and reconnects");
    assertThat(valet("bench", "reconnects", "long").err()).contains("a number of minutes");
  }

  @Test
  void aRequiredToolThatIsMissingIsAFailureBeforeAnyTest() throws Exception {
    var answer =
        checkout.terminal().with("VALET_REQUIRE", "bash,no-such-tool").run("./valet", "test");

    assertThat(answer.status()).isEqualTo(1);
    assertThat(answer.err()).contains("VALET_REQUIRE names no-such-tool");
    assertThat(checkout.builds()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.8.7", "3.9.16", "4.0.0"})
  void whereTheWrapperCannotDownloadAMavenOfThePathIsTaken(String version) throws Exception {
    var answer = withoutWrapper(version).run("./valet", "up");

    assertThat(answer.out()).contains("using Maven " + version + " from the PATH");
    assertThat(checkout.builds()).isEqualTo(1);
  }

  @Test
  void anOldMavenOfThePathIsRefused() throws Exception {
    var answer = withoutWrapper("3.8.6").run("./valet", "up");

    assertThat(answer.status()).isEqualTo(1);
    assertThat(answer.err()).contains("the one on the PATH is 3.8.6: install 3.8.7 or newer");
  }

  private Terminal withoutWrapper(String version) throws Exception {
    Path maven = folder.resolve("bin/mvn");
    checkout.write(
        "bin/mvn",
        "#!/bin/bash\n[[ $1 == -v ]] && { echo 'Apache Maven "
            + version
            + " (x)'; exit; }\nexec "
            + folder.resolve("mvnw")
            + " \"$@\"\n");
    maven.toFile().setExecutable(true);
    return checkout
        .terminal()
        .with("MAVEN_STATUS", "1")
        .with("PATH", maven.getParent() + ":" + System.getenv("PATH"));
  }

  private Terminal.Answer valet(String... arguments) {
    String[] words = new String[arguments.length + 1];
    words[0] = "./valet";
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    return checkout.terminal().run(words);
  }
}
