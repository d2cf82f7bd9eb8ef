package dev.valet.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedTemplatesTest {
  private static final Path SHIPPED = Path.of("src/main/seed/templates.json");
  @TempDir Path data;
  @TempDir Path programs;

  @Test
  void enginesAreThoseThatThisMachineHas() throws Exception {
    assertThat(engines()).isEmpty();
    install("firefox-esr");
    install("google-chrome");

    assertThat(engines()).extracting(JsonNode::asText).containsExactly("chromium", "firefox");
  }

  @Test
  void theRestIsAsItShips() throws Exception {
    JsonMapper json = new JsonMapper();
    JsonNode written =
        json.readTree(SeedTemplates.write(SHIPPED, data, programs.toString()).toFile());

    assertThat(written.path(0).path("name"))
        .isEqualTo(json.readTree(SHIPPED.toFile()).path(0).path("name"));
    assertThat(written.path(0).path("spec").path("capacity").asInt()).isPositive();
  }

  private JsonNode engines() throws Exception {
    Path written = SeedTemplates.write(SHIPPED, data, ":" + programs);
    return new JsonMapper().readTree(written.toFile()).path(0).path("spec").path("engines");
  }

  private void install(String program) throws Exception {
    Files.createFile(
        programs.resolve(program),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }
}
