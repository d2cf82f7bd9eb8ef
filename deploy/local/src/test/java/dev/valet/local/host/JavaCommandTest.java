package dev.valet.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class JavaCommandTest {
  @Test
  void aClassPathHoldsInAnotherFolder() {
    String here = Path.of("").toAbsolutePath().toString();

    assertThat(JavaCommand.absolute("lib/a.jar:/b.jar")).isEqualTo(here + "/lib/a.jar:/b.jar");
  }

  @Test
  void theJavaIsThisOne() {
    assertThat(JavaCommand.of(List.of("-Xmx1m"), List.of("Main", "x")))
        .containsExactly(System.getProperty("java.home") + "/bin/java", "-Xmx1m", "Main", "x");
  }
}
