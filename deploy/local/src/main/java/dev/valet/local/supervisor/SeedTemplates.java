package dev.valet.local.supervisor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.valet.local.host.PrivateFiles;
import dev.valet.local.host.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The templates that a data folder begins with: those that ship, with the browser engines that this
 * machine has. One that it lacks would only make each sandbox degraded.
 */
final class SeedTemplates {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Map<String, List<String>> PROGRAMS = programs();

  private SeedTemplates() {}

  private static Map<String, List<String>> programs() {
    Map<String, List<String>> programs = new LinkedHashMap<>();
    programs.put(
        "chromium",
        List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"));
    programs.put("firefox", List.of("firefox-esr", "firefox"));
    return programs;
  }

  /**
   * Writes them to the data folder.
   *
   * @param path where programs are looked for, as in PATH
   */
  static Path write(Path shipped, Path data, String path) {
    try {
      JsonNode templates = JSON.readTree(Files.readAllBytes(shipped));
      for (JsonNode template : templates) {
        if (template.path("spec") instanceof ObjectNode spec) {
          ArrayNode engines = spec.putArray("engines");
          PROGRAMS.forEach((engine, programs) -> {
            if (programs.stream().anyMatch(program -> isOn(path, program))) {
              engines.add(engine);
            }
          });
        }
      }
      Path written = data.resolve("templates.json");
      PrivateFiles.write(written, templates.toPrettyString());
      return written;
    } catch (IOException e) {
      throw new StartException("Cannot read the templates " + shipped + ": " + e.getMessage(), e);
    }
  }

  private static boolean isOn(String path, String program) {
    return Arrays.stream(path.split(":"))
        .filter(folder -> !folder.isBlank())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
