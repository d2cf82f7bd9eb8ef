package dev.valet.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Needs shellcheck; where it is missing, the run's last table says so. */
class ScriptLintTest {
  @Test
  void theScriptsAreClean() throws IOException {
    Terminal terminal = new Terminal(Path.of("../.."));
    if (terminal.run("bash", "-c", "command -v shellcheck").status() != 0) {
      Path notRun = Files.createDirectories(Path.of("target/not-run")).resolve("lint.txt");
      Files.writeString(notRun, "lint of the scripts: shellcheck is not installed\n");
      Assumptions.abort("shellcheck is not installed");
    }

    assertThat(terminal.run("shellcheck", "valet", ".ci/run").out()).isEmpty();
  }
}
