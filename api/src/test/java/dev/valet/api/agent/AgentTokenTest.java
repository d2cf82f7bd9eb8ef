package dev.valet.api.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class AgentTokenTest {
  private final SecureRandom random = new SecureRandom();

  @Test
  void tokenHas256BitsAndSurvivesUrlsAndEnvFiles() {
    String text = AgentToken.generate(random).text();

    assertThat(Base64.getUrlDecoder().decode(text)).hasSize(32);
    assertThat(text).matches("[0-9A-Za-z_-]{43}");
  }

  @Test
  void onlyTheHashLeavesItUnasked() {
    AgentToken token = AgentToken.generate(random);

    assertThat(token.hash()).hasSize(32).isEqualTo(AgentToken.hash(token.text()));
    assertThat(token.toString()).doesNotContain(token.text());
    assertThat(AgentToken.sameHash(token.hash(), AgentToken.generate(random).hash())).isFalse();
  }
}
