package dev.valet.local.ec2.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What user-data does to a volume, and what it cannot do to anything else. */
class FirstBootTest {

  @TempDir Path folder;
  Path root;
  final List<String> console = new ArrayList<>();

  @BeforeEach
  void begin() throws IOException {
    root = Files.createDirectories(folder.resolve("volume"));
  }

  private void boot(String userData) throws IOException {
    String encoded = Base64.getEncoder().encodeToString(userData.getBytes(StandardCharsets.UTF_8));
    new FirstBoot(root, console::add).run(encoded);
  }

  private String read(String path) throws IOException {
    return Files.readString(root.resolve(path));
  }

  private String permissions(String path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(path)));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .filter(file -> !file.endsWith("boot-finished"))
          .sorted()
          .toList();
    }
  }

  @Test
  void filesAreWrittenWithTheirPermissions() throws IOException {
    boot(
        """
        #cloud-config
        hostname: ignored
        write_files:
          - path: /etc/valet/agent.env
            owner: root:root
            permissions: '0600'
            content: |
              A=1
              B="ü 😀"
          - path: /opt/run.sh
            permissions: 0755
            content: "#!/bin/sh"
          - path: /plain
        """);

    assertThat(read("etc/valet/agent.env")).isEqualTo("A=1\nB=\"ü 😀\"\n");
    assertThat(permissions("etc/valet/agent.env")).isEqualTo("rw-------");
    assertThat(permissions("opt/run.sh")).isEqualTo("rwxr-xr-x");
    assertThat(permissions("plain")).isEqualTo("rw-r--r--");
    assertThat(read("plain")).isEmpty();
  }

  @Test
  void flowStyleAndBase64AreUnderstood() throws IOException {
    boot(
        """
        #cloud-config
        {"write_files": [
          {"path": "/a", "content": "eA==\\n", "encoding": "b64", "permissions": "0640"},
          {"path": "/b", "content": "one\\ntwo\\n"},
          {"path": "/b", "content": "three\\n", "append": true}]}
        """);

    assertThat(read("a")).isEqualTo("x");
    assertThat(permissions("a")).isEqualTo("rw-r-----");
    assertThat(read("b")).isEqualTo("one\ntwo\nthree\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../outside",
        "/../outside",
        "/etc/../../outside",
        "/etc/valet/../../../outside",
        "/etc/./x",
        "relative/file",
        "/",
        "//",
        "/etc/",
        "/etc/\\u0000x",
        "/etc/\\nx",
      })
  void oneHostilePathAndNothingIsWritten(String path) throws IOException {
    boot(
        """
        #cloud-config
        write_files:
          - {path: /fine, content: x}
          - {path: "%s", content: x}
        """
            .formatted(path));

    assertThat(files()).isEmpty();
    assertThat(console).anyMatch(line -> line.startsWith("user-data is ignored"));
  }

  @Test
  void aLinkOnTheVolumeIsReplacedAndNotFollowed() throws IOException {
    Path outside = Files.writeString(folder.resolve("outside"), "mine");
    Files.createSymbolicLink(root.resolve("link"), outside);

    boot("#cloud-config\nwrite_files:\n- {path: /link, content: x}\n");

    assertThat(Files.readString(outside)).isEqualTo("mine");
    assertThat(read("link")).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#cloud-config\nwrite_files: {path: /a}\n",
        "#cloud-config\nwrite_files: [a]\n",
        "#cloud-config\nwrite_files: [{content: a}]\n",
        "#cloud-config\nwrite_files: [{path: /a, content: 7}]\n",
        "#cloud-config\nwrite_files: [{path: /a, permissions: rw}]\n",
        "#cloud-config\nwrite_files: [{path: /a, permissions: '01777'}]\n",
        "#cloud-config\nwrite_files: [{path: /a, encoding: gzip}]\n",
        "#cloud-config\n[unclosed\n",
        "#cloud-config\n- list\n",
        "#cloud-config\n",
        "#cloud-config\nwrite_files: [!!java.io.File {path: /a}]\n",
        "#!/bin/sh\necho hello\n",
        " #cloud-config\nwrite_files: [{path: /a}]\n",
        "",
      })
  void whatIsNoCloudConfigMakesAMachineWithoutFiles(String userData) throws IOException {
    boot(userData);

    assertThat(files()).isEmpty();
    assertThat(console).hasSize(1).first().asString().startsWith("user-data is ignored");
  }

  @Test
  void aliasesThatMultiplyAreRefused() throws IOException {
    StringBuilder bomb = new StringBuilder("#cloud-config\na0: &a0 [x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    boot(bomb.toString());

    assertThat(console).anyMatch(line -> line.startsWith("user-data is ignored"));
  }

  @Test
  void userDataTakesEffectOnceOnly() throws IOException {
    boot("#cloud-config\nwrite_files: [{path: /a, content: first}]\n");
    Files.writeString(root.resolve("a"), "changed by the machine");

    boot("#cloud-config\nwrite_files: [{path: /a, content: second}]\n");

    assertThat(read("a")).isEqualTo("changed by the machine");
  }

  @Test
  void aFirstBootThatWasInterruptedIsRepeated() throws IOException {
    Files.createDirectories(root.resolve("etc/valet"));
    Files.writeString(root.resolve("etc/valet/agent.env"), "hal");

    boot("#cloud-config\nwrite_files: [{path: /etc/valet/agent.env, content: whole}]\n");

    assertThat(read("etc/valet/agent.env")).isEqualTo("whole");
  }
}
