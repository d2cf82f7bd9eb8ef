package dev.valet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.valet.local.host.Waiting;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Login, renewal and logout at a real provider whose refresh tokens are good once: two replicas,
 * and tabs that all come at the moment at which the token has run out.
 */
@EnabledIfSystemProperty(
    named = "tests.full",
    matches = "true",
    disabledReason = "slow: it starts Keycloak, which is 169 MB; ./valet test --full does it")
class KeycloakIT {
  private static final String ME = "/api/v1/me";
  private static final Map<String, String> ADA = Map.of("username", "ada", "password", "lovelace");
  private static final int TABS = 6;

  @TempDir static Path data;
  private static RunningValet valet;
  private static Keycloak keycloak;
  private static SecondApi one;
  private static SecondApi two;

  @BeforeAll
  static void up() throws IOException {
    int first = freePort();
    int second = freePort();
    List<String> urls = List.of("http://localhost:" + first, "http://localhost:" + second);
    valet = RunningValet.start(data, freePort(), freePort());
    keycloak = Keycloak.start(data, freePort(), urls);
    one = SecondApi.beside(valet, first, settings(urls.getFirst()));
    two = SecondApi.beside(valet, second, settings(urls.getFirst()));
    for (SecondApi api : List.of(one, two)) {
      new Api(api.url(), "none").awaitUp(Duration.ofMinutes(2));
    }
  }

  private static Map<String, String> settings(String publicUrl) {
    return Map.of(
        "VALET_PUBLIC_URL",
        publicUrl,
        "QUARKUS_OIDC_AUTH_SERVER_URL",
        keycloak.issuer().toString(),
        "QUARKUS_OIDC_CREDENTIALS_SECRET",
        Keycloak.SECRET,
        "QUARKUS_OIDC_TOKEN_REFRESH_TOKEN_TIME_SKEW",
        "2S",
        "VALET_ACCESS_GROUPS_OPERATORS_ROLE",
        "operator",
        "VALET_ACCESS_FIRST_ADMIN_EMAIL",
        "ada@example.com");
  }

  @AfterAll
  static void down() {
    for (AutoCloseable part : new AutoCloseable[] {two, one, keycloak, valet}) {
      try {
        if (part != null) {
          part.close();
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void sleepUntilTheTokenHasRunOut() {
    long until = System.nanoTime() + Keycloak.TOKEN_LIFE.plusSeconds(2).toNanos();
    Waiting.until(
        Keycloak.TOKEN_LIFE.multipliedBy(3),
        Duration.ofMillis(200),
        () -> System.nanoTime() > until);
  }

  private static List<HttpResponse<String>> tabsAtBothReplicas(LoginBrowser browser) {
    List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
    for (int i = 0; i < TABS; i++) {
      all.add(browser.getLater(one.url() + ME));
      all.add(browser.getLater(two.url() + ME));
    }
    return all.stream().map(CompletableFuture::join).toList();
  }

  @Test
  void loginRenewalsAndLogout() {
    LoginBrowser browser = new LoginBrowser(keycloak.issuer());
    HttpResponse<String> last = browser.login(one.url(), "/sandboxes", ADA);
    assertThat(LoginBrowser.location(last)).as(last.body()).isEqualTo("/sandboxes");
    JsonNode me = LoginBrowser.json(browser.get(two.url() + ME));
    // An operator by group, and the first administrator by the address that Keycloak has verified.
    assertThat(me.path("roles").toString()).isEqualTo("[\"admin\",\"operator\"]");
    assertThat(me.path("name").asText()).isEqualTo("ada");

    // Twice: the second time with the refresh token that the first renewal brought.
    for (int round = 0; round < 2; round++) {
      sleepUntilTheTokenHasRunOut();
      assertThat(tabsAtBothReplicas(browser))
          .allSatisfy(answer -> assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200));
    }

    String cookie = browser.cookies().get("q_session");
    HttpResponse<String> out =
        browser.follow(
            browser.post(one.url() + "/logout", Map.of(), "Origin", one.url()), one.url() + "/");
    assertThat(LoginBrowser.location(out)).as(out.body()).isEqualTo(one.url() + "/");
    browser.cookies().put("q_session", cookie);
    assertThat(browser.get(two.url() + ME).statusCode()).isEqualTo(401);
    browser.cookies().clear();
    // Keycloak's own session has ended too: it asks for the password again.
    HttpResponse<String> again = browser.follow(browser.get(one.url() + "/login"), "/");
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).contains("name=\"password\"");
  }
}
