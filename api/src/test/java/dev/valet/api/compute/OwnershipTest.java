package dev.valet.api.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.valet.api.platform.time.Ids;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class OwnershipTest {
  private static final String ATTEMPT = "01JB3M8Y5ZQ4R7S9T0V1W2X3Y4";

  private final Ownership ours = ownership("ours");

  @Test
  void aTokenFitsEc2AndLeadsBackToItsAttempt() {
    String token = ours.clientToken(ATTEMPT);
    assertThat(token).hasSize(58).startsWith(ATTEMPT).isPrintable().matches("[0-9A-Za-z]+");
    assertThat(ours.attemptOf(token)).contains(ATTEMPT);
  }

  @Test
  void aReplayHasTheSameToken() {
    assertThat(ownership("ours").clientToken(ATTEMPT)).isEqualTo(ours.clientToken(ATTEMPT));
  }

  @Test
  void idsAsTheyAreMadeAreAccepted() {
    String id = new Ids(Clock.systemUTC()).ulid();
    assertThat(ours.attemptOf(ours.clientToken(id))).contains(id);
  }

  @Test
  void anotherInstallationsInstanceIsNotOurs() {
    assertThat(ours.attemptOf(ownership("theirs").clientToken(ATTEMPT))).isEmpty();
  }

  @Test
  void everyAlteredCharacterMakesItForeign() {
    String token = ours.clientToken(ATTEMPT);
    for (int i = 0; i < token.length(); i++) {
      char other = token.charAt(i) == '0' ? '1' : '0';
      String altered = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(ours.attemptOf(altered)).as("character %d", i).isEmpty();
    }
  }

  @Test
  void strangeTokensAreForeign() {
    String token = ours.clientToken(ATTEMPT);
    assertThat(ours.attemptOf(null)).isEmpty();
    assertThat(ours.attemptOf("")).isEmpty();
    assertThat(ours.attemptOf(ATTEMPT)).isEmpty();
    assertThat(ours.attemptOf(token + "0")).isEmpty();
    assertThat(ours.attemptOf(token.substring(1))).isEmpty();
    assertThat(ours.attemptOf(token.toLowerCase(Locale.ROOT))).isEmpty();
    assertThat(ours.attemptOf("\u00e9".repeat(58))).isEmpty();
    assertThat(ours.attemptOf("550e8400-e29b-41d4-a716-446655440000")).isEmpty();
  }

  @Test
  void onlyAttemptIdsGetATokenAtAll() {
    assertThatIllegalArgumentException().isThrownBy(() -> ours.clientToken("short"));
    assertThatIllegalArgumentException().isThrownBy(() -> ours.clientToken("!".repeat(26)));
  }

  private static Ownership ownership(String installation) {
    return new Ownership(label -> (installation + label).getBytes(StandardCharsets.UTF_8));
  }
}
