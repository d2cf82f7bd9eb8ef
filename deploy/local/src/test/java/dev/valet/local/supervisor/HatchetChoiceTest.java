package dev.valet.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HatchetChoiceTest {
  @TempDir Path data;

  @Test
  void withoutAWishThereIsAnEngineOfOurOwnWhoseTokenComesLater() {
    HatchetChoice choice = choice(true, Map.of());

    choice.placeToken();

    assertThat(choice.kind()).isEqualTo(HatchetChoice.Kind.OWN);
    assertThat(choice.apiEnvironment())
        .containsEntry("VALET_HATCHET_TOKEN_FILE", data.resolve("hatchet/token").toString())
        .containsEntry("VALET_HATCHET_TLS_STRATEGY", "none");
  }

  @Test
  void aTokenOfAnEarlierRunIsNotHandedOut() throws Exception {
    Path token = Files.createDirectories(data.resolve("hatchet")).resolve("token");
    Files.writeString(token, "stale");

    choice(true, Map.of()).placeToken();

    assertThat(token).doesNotExist();
  }

  @Test
  void aGivenTokenReachesTheApiByAPrivateFileAndNotByItsEnvironment() throws Exception {
    HatchetChoice choice =
        choice(
            true,
            Map.of("HATCHET_CLIENT_TOKEN", " a.b.c ", "HATCHET_CLIENT_HOST_PORT", "engine:7077"));

    choice.placeToken();

    Path file = data.resolve("hatchet/token");
    assertThat(choice.kind()).isEqualTo(HatchetChoice.Kind.GIVEN);
    assertThat(file).hasContent("a.b.c");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(choice.apiEnvironment())
        .containsEntry("VALET_HATCHET_GRPC_ADDRESS", "engine:7077")
        .doesNotContainKey("VALET_HATCHET_TLS_STRATEGY")
        .doesNotContainValue("a.b.c");
    assertThat(choice.toString()).doesNotContain("a.b.c");
  }

  @Test
  void whoWantsNoEngineGetsNone() {
    assertThat(choice(false, Map.of("HATCHET_CLIENT_TOKEN", "a.b.c")).apiEnvironment()).isEmpty();
    assertThat(choice(true, Map.of("VALET_LOCAL_HATCHET", "off")).kind())
        .isEqualTo(HatchetChoice.Kind.NONE);
  }

  private HatchetChoice choice(boolean wanted, Map<String, String> environment) {
    return HatchetChoice.of(wanted, data.resolve("hatchet"), environment);
  }
}
