package dev.valet.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.local.host.JavaCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What root gets where the kernel has no user namespaces. Slow: it unpacks PostgreSQL once more.
 */
@EnabledIfSystemProperty(named = "tests.full", matches = "true")
class PostgresAsNobodyTest {
  @TempDir Path folder;

  @Test
  void withoutUserNamespacesRootRunsItAsNobody() throws Exception {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "not root");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

    String first = start();
    String second = start();

    assertThat(first).contains("as 65534").contains("valet_app may connect");
    assertThat(second).isEqualTo(first);
  }

  private String start() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                JavaCommand.of(
                    List.of("-cp", System.getProperty("java.class.path")),
                    List.of(Once.class.getName(), folder.resolve("data").toString())))
            .redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH",
                withoutUnshare().toString(),
                "XDG_CACHE_HOME",
                folder.resolve("c").toString()));
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }

  private Path withoutUnshare() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    for (String tool : List.of("setpriv", "setsid", "sh", "bash", "locale")) {
      if (Files.notExists(bin.resolve(tool))) {
        Files.createSymbolicLink(bin.resolve(tool), Path.of("/usr/bin", tool));
      }
    }
    return bin;
  }

  /** One start in a JVM of its own, which sees another PATH. */
  public static final class Once {
    private Once() {}

    public static void main(String[] arguments) throws Exception {
      try (PostgresServer server = PostgresServer.start(Path.of(arguments[0]))) {
        long pid = server.process().pid();
        System.out.println("as " + Files.getAttribute(Path.of("/proc/" + pid), "unix:uid"));
        java.sql.DriverManager.getConnection(
                server.jdbcUrl(), server.appUser(), server.appPassword())
            .close();
        System.out.println("valet_app may connect");
      }
    }
  }
}
