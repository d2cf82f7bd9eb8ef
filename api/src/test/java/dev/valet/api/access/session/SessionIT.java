package dev.valet.api.access.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.loop.LoopRunner;
import dev.valet.api.testkit.Browser;
import dev.valet.api.testkit.Owner;
import dev.valet.api.testkit.RawHttp;
import dev.valet.api.testkit.TestTokens;
import dev.valet.api.testkit.ValetTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser's way through login, work, renewal and logout, at a provider that rotates. */
@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class SessionIT {
  private static final String ME = "/api/v1/me";
  private static final String OWN = ValetTestResource.PUBLIC_URL;

  /** Due for renewal at once, and still good. */
  private static final String DUE = "&life=45";

  @Inject LoopRunner loops;
  @Inject Reads reads;

  private final Browser browser = new Browser();
  private final String user = "user-" + UUID.randomUUID();

  private HttpResponse<String> login(String behaviour) {
    return browser.login(user, behaviour, "/sandboxes?tab=health");
  }

  private static JsonObject json(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new JsonObject(response.body());
  }

  private static void problem(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  /** As if this browser's token had run out. */
  private void expire() {
    String key = SessionKey.of(browser.cookies().get("q_session")).hex();
    Owner.run(
        "UPDATE browser_session SET expires_at = now() - interval '1 s' WHERE key = '\\x"
            + key
            + "'");
  }

  /** Tokens run out in real time. */
  private HttpResponse<String> afterTheTokenRanOut() {
    HttpResponse<String> answer = browser.get(ME);
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (answer.statusCode() == 200 && System.nanoTime() < until) {
      answer = browser.get(ME);
    }
    return answer;
  }

  private List<HttpResponse<String>> atOnce(int requests) {
    List<CompletableFuture<HttpResponse<String>>> all =
        IntStream.range(0, requests).mapToObj(i -> browser.getLater(ME)).toList();
    return all.stream().map(CompletableFuture::join).toList();
  }

  @Test
  void loginLeadsBackToThePageAndTheCookieIsTheSession() {
    HttpResponse<String> last = browser.follow(login("&groups=operator"));
    assertThat(last.statusCode()).isEqualTo(303);
    assertThat(Browser.location(last)).isEqualTo("/sandboxes?tab=health");
    JsonObject me = json(browser.get(ME));
    assertThat(me.getString("subject")).isEqualTo(user);
    assertThat(me.getJsonArray("roles")).containsExactly("operator");
    JsonObject session = me.getJsonObject("session");
    assertThat(session.getString("kind")).isEqualTo("cookie");
    assertThat(Instant.parse(session.getString("expiresAt")))
        .isAfter(Instant.now().plusSeconds(3_600));
  }

  @Test
  void cookieHoldsARandomKeyAndNoToken() {
    login("");
    assertThat(browser.cookies().keySet()).containsExactly("q_session");
    assertThat(browser.cookies().get("q_session")).matches("[A-Za-z0-9_-]{43}");
  }

  @Test
  void cookieIsOutOfReachOfScriptsAndOtherSites() {
    HttpResponse<String> start = browser.get("/login");
    assertThat(start.headers().allValues("Set-Cookie"))
        .singleElement()
        .asString()
        .contains("HTTPOnly", "SameSite=Lax");
    assertThat(Browser.location(start))
        .contains("code_challenge_method=S256", "nonce=", "redirect_uri=")
        .contains("%2Flogin%2Fcallback");
    browser.cookies().clear();
    login(DUE);
    assertThat(browser.get(ME).headers().allValues("Set-Cookie"))
        .singleElement()
        .asString()
        .contains("HTTPOnly", "SameSite=Lax", "Path=/")
        .startsWith("q_session=" + browser.cookies().get("q_session"));
  }

  @Test
  void apiCallWithoutSessionIsAProblemAndNoRedirect() {
    problem(browser.get(ME), 401);
    problem(browser.get(ME, "X-Requested-With", "JavaScript"), 401);
    problem(browser.get(ME, "Cookie", "q_session=made-up"), 401);
    problem(browser.get(ME, "Cookie", "q_session=made-up; q_auth_1=x"), 401);
  }

  @Test
  void scriptThatAsksForTheLoginPageIsToldToNavigate() {
    assertThat(browser.get("/login", "X-Requested-With", "JavaScript").statusCode()).isEqualTo(499);
  }

  @ParameterizedTest
  @ValueSource(strings = {"//evil.test", "https://evil.test", "/%5Cevil.test", "/login"})
  void loginLeadsToNoOtherSite(String target) {
    problem(browser.get("/login?returnTo=" + target), 400);
  }

  @Test
  void callbackWithoutItsLoginIsRefused() {
    HttpResponse<String> answer = browser.get("/login/callback?code=made-up&state=made-up");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(browser.cookies()).isEmpty();
  }

  @Test
  void codeOfAnotherBrowserIsRefused() {
    HttpResponse<String> start = browser.get("/login");
    browser.cookies().clear();
    browser.get("/login");
    String state = Browser.location(start).replaceAll(".*[?&]state=([^&]*).*", "$1");
    HttpResponse<String> answer = browser.get("/login/callback?code=stolen&state=" + state);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(browser.cookies()).doesNotContainKey("q_session");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://evil.test",
        "null",
        "http://valet.test.evil.test",
        "http://valet.test:81"
      })
  void changeMadeWithTheCookieNeedsTheOwnOrigin(String origin) {
    login("&groups=admin");
    String[] headers = origin.isEmpty() ? new String[0] : new String[] {"Origin", origin};
    problem(browser.post("/api/v1/tenants", "{\"slug\":\"x\"}", headers), 403);
    problem(browser.post("/logout", "", headers), 403);
    assertThat(browser.get(ME).statusCode()).isEqualTo(200);
  }

  @Test
  void changeFromTheOwnPageIsMade() {
    login("&groups=admin");
    String slug = "own-" + UUID.randomUUID().toString().substring(0, 8);
    HttpResponse<String> answer =
        browser.post("/api/v1/tenants", "{\"slug\":\"" + slug + "\"}", "Origin", OWN);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  @Test
  void bearerTokenNeedsNoOrigin() {
    String slug = "bearer-" + UUID.randomUUID().toString().substring(0, 8);
    String token = "Bearer " + TestTokens.as("admin");
    String body = "{\"slug\":\"" + slug + "\"}";
    assertThat(browser.post("/api/v1/tenants", body, "Authorization", token).statusCode())
        .isEqualTo(201);
  }

  @Test
  void webSocketOfAnotherSiteIsRefusedOnAnyPath() {
    String token = "Authorization: Bearer " + TestTokens.as("viewer") + "\r\n";
    for (String path : List.of("/api/v1/events", "/anything")) {
      assertThat(status(path, "Origin: https://evil.test\r\n")).isEqualTo("403");
      assertThat(status(path, "Origin: https://evil.test\r\n" + token)).isEqualTo("403");
      assertThat(status(path, "Origin: null\r\n")).isEqualTo("403");
      assertThat(status(path, "")).isEqualTo("403");
      assertThat(status(path, token)).isNotEqualTo("403");
      assertThat(status(path, "Origin: " + OWN + "\r\n")).isNotEqualTo("403");
    }
  }

  private static String status(String path, String fields) {
    return RawHttp.upgrade(path, fields);
  }

  @Test
  void dueTokenIsRenewedOnceWhateverTheNumberOfTabs() {
    login(DUE);
    assertThat(atOnce(12)).allMatch(answer -> answer.statusCode() == 200);
    assertThat(Browser.counts(user).getMap())
        .containsEntry("renewals", 1)
        .containsEntry("reuses", 0);
    json(browser.get(ME));
    assertThat(Browser.counts(user).getInteger("renewals")).isEqualTo(1);
  }

  @Test
  void whoeverComesWithATokenThatRanOutWaitsForTheOneRenewal() {
    login(DUE);
    expire();
    assertThat(atOnce(12)).allMatch(answer -> answer.statusCode() == 200);
    assertThat(Browser.counts(user).getMap())
        .containsEntry("renewals", 1)
        .containsEntry("reuses", 0);
  }

  @Test
  void refusedRenewalBitesOnceTheTokenHasRunOut() {
    login("&life=1&refuse=true");
    problem(afterTheTokenRanOut(), 401);
    assertThat(Browser.location(browser.get("/login"))).contains("/authorize?");
    assertThat(browser.cookies()).doesNotContainKey("q_session");
    assertThat(Browser.counts(user).getInteger("renewals")).isPositive();
  }

  @Test
  void outageOfTheProviderLogsNobodyOut() {
    login("&life=1&outage=true");
    problem(afterTheTokenRanOut(), 503);
    assertThat(browser.cookies()).containsKey("q_session");
  }

  @Test
  void tokenThatRunsOutBetweenTwoClocksEndsNoSession() {
    login("&life=1&outage=true");
    afterTheTokenRanOut();
    Owner.run("UPDATE browser_session SET expires_at = now() + interval '3 s'");
    problem(browser.get(ME), 503);
    assertThat(browser.cookies()).containsKey("q_session");
  }

  @Test
  void outageOfTheDatabaseTakesNoCookieAway() {
    login("");
    Owner.run("REVOKE SELECT ON browser_session FROM valet_app");
    try {
      problem(browser.get(ME), 503);
    } finally {
      Owner.run("GRANT SELECT ON browser_session TO valet_app");
    }
    json(browser.get(ME));
  }

  @Test
  void logoutEndsTheSessionEverywhere() {
    login("");
    String cookie = "q_session=" + browser.cookies().get("q_session");
    HttpResponse<String> answer = browser.post("/logout", "", "Origin", OWN);
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(Browser.location(answer))
        .contains("/end?client_id=valet-api")
        .contains("post_logout_redirect_uri=http%3A%2F%2Fvalet.test%2F")
        .contains("id_token_hint=ey");
    assertThat(browser.cookies()).isEmpty();
    problem(browser.get(ME, "Cookie", cookie), 401);
  }

  @Test
  void scriptThatLogsOutIsToldWhereToGoAndSeesNoToken() {
    login("");
    HttpResponse<String> answer =
        browser.post("/logout", "", "Origin", OWN, "X-Requested-With", "JavaScript");
    assertThat(json(answer).getString("location"))
        .contains("/end?client_id=valet-api")
        .doesNotContain("id_token_hint");
    problem(browser.get(ME), 401);
  }

  @Test
  void linkDoesNotLogOut() {
    login("");
    problem(browser.get("/logout"), 405);
    json(browser.get(ME));
  }

  @Test
  void endedSessionLeadsToANewLogin() {
    login("");
    Owner.run("UPDATE browser_session SET ends_at = now()");
    problem(browser.get(ME), 401);
    assertThat(Browser.location(browser.get("/login"))).contains("/authorize?");
    login("");
    json(browser.get(ME));
  }

  @Test
  void sessionsThatAreOverAreRemoved() {
    login("");
    Owner.run("UPDATE browser_session SET ends_at = now() - interval '1 s'");
    loops.trigger("session-purge").await().atMost(Duration.ofSeconds(10));
    long left =
        reads
            .first("SELECT count(*) FROM browser_session", row -> row.getLong(0))
            .await()
            .atMost(Duration.ofSeconds(10));
    assertThat(left).isZero();
  }
}
