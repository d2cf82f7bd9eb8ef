package dev.valet.agent.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;

/** The browsers of this machine. */
public final class Browsers {
  private Browsers() {}

  /** Skips the caller, and says so, where the browser is not installed. */
  public static void require(String engine) throws IOException {
    String[] programs =
        engine.equals("firefox")
            ? new String[] {"firefox-esr", "firefox"}
            : new String[] {"chromium", "chromium-browser", "google-chrome"};
    boolean found =
        Arrays.stream(programs)
            .anyMatch(program ->
                Arrays.stream(System.getenv("PATH").split(":"))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))));
    if (!found) {
      String line = "browser engine " + engine + " (worker-agent): it is not installed";
      Path file = Files.createDirectories(Path.of("target/not-run")).resolve("browsers.txt");
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      Assumptions.abort(line);
    }
  }
}
