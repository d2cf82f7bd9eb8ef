package dev.valet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Login at the local provider, as a person does it after {@code ./valet up}; two replicas. */
class LoginIT {
  private static final String ME = "/api/v1/me";

  @TempDir static Path data;
  private static RunningValet valet;
  private static SecondApi second;
  private static LoginBrowser browser;

  @BeforeAll
  static void up() throws IOException {
    valet = RunningValet.start(data, freePort(), freePort());
    second = SecondApi.beside(valet, freePort());
    new Api(second.url(), valet.token("viewer")).awaitUp(Duration.ofSeconds(60));
    Properties identity = new Properties();
    identity.load(Files.newBufferedReader(data.resolve("identity/identity.properties")));
    browser = new LoginBrowser(URI.create("http://localhost:" + identity.getProperty("port")));
  }

  @AfterAll
  static void down() {
    second.close();
    valet.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void sessionOfOneReplicaIsASessionOfAllUntilTheLogout() {
    assertThat(browser.get(valet.url() + ME).statusCode()).isEqualTo(401);
    HttpResponse<String> last =
        browser.login(valet.url(), "/sandboxes", Map.of("username", "operator"));
    assertThat(LoginBrowser.location(last)).isEqualTo("/sandboxes");
    for (String url : new String[] {valet.url(), second.url()}) {
      HttpResponse<String> me = browser.get(url + ME);
      assertThat(me.statusCode()).as(me.body()).isEqualTo(200);
      assertThat(LoginBrowser.json(me).path("roles").path(0).asText()).isEqualTo("operator");
      assertThat(LoginBrowser.json(me).path("session").path("kind").asText()).isEqualTo("cookie");
    }
    String cookie = browser.cookies().get("q_session");
    assertThat(browser.post(valet.url() + "/logout", Map.of()).statusCode()).isEqualTo(403);
    HttpResponse<String> out =
        browser.post(valet.url() + "/logout", Map.of(), "Origin", valet.url());
    assertThat(out.statusCode()).isEqualTo(303);
    assertThat(browser.cookies()).isEmpty();
    browser.cookies().put("q_session", cookie);
    assertThat(browser.get(valet.url() + ME).statusCode()).isEqualTo(401);
    assertThat(browser.get(second.url() + ME).statusCode()).isEqualTo(401);
  }
}
