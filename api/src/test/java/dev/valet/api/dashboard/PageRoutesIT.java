package dev.valet.api.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.valet.api.testkit.Browser;
import dev.valet.api.testkit.ValetTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How browsers get the dashboard. What needs its files is left out where Node did not build them.
 */
@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class PageRoutesIT {
  private static final String HTML = "text/html,application/xhtml+xml,*/*;q=0.8";
  private static final Pattern SCRIPT = Pattern.compile("src=\"(/assets/[^\"]+\\.js)\"");

  private final Browser browser = new Browser();

  @ParameterizedTest
  @ValueSource(strings = {"/", "/audit", "/sandboxes/0197f0a0?tab=health"})
  void pageWithoutSessionLeadsToTheLoginAndBack(String page) {
    HttpResponse<String> answer = stranger(page, HTML);
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(header(answer, "Location"))
        .isEqualTo(
            "/login?returnTo=" + page.replace("/", "%2F").replace("?", "%3F").replace("=", "%3D"));
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void everyPageIsTheOneDocumentWithAStrictPolicy() {
    assumeDashboard();
    HttpResponse<String> answer = page("/sandboxes/0197f0a0");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).startsWith("text/html");
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
    assertThat(header(answer, "Content-Security-Policy"))
        .contains(
            "default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(answer, "Permissions-Policy")).contains("camera=()");
    assertThat(answer.body()).contains("<div id=\"root\">").doesNotContain("<style", "style=");
    assertThat(answer.body().replaceAll("<script[^>]*src=\"[^\"]+\"[^>]*></script>", ""))
        .doesNotContain("<script");
  }

  @Test
  void filesNamedByTheirContentAreKeptForGood() {
    assumeDashboard();
    HttpResponse<String> script = stranger(script(), "*/*");
    assertThat(script.statusCode()).isEqualTo(200);
    assertThat(header(script, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(header(script, "Content-Type")).contains("javascript");
  }

  @Test
  void newsThatAFileIsMissingIsNotKept() {
    HttpResponse<String> missing = stranger("/assets/index-gone.js", "*/*");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(header(missing, "Cache-Control")).isEqualTo("no-store");
    assertThat(header(missing, "Content-Type")).contains("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/nothing", "/q/nothing", "/agent/v1/nothing", "/nothing.txt"})
  void whatIsNoPageIsStillNotFound(String path) {
    assertThat(page(path).statusCode()).isIn(401, 404);
  }

  @Test
  void programsAreToldThatThereIsNoSuchRoute() {
    assertThat(stranger("/audit", "application/json").statusCode()).isEqualTo(404);
  }

  private void assumeDashboard() {
    assumeThat(getClass().getClassLoader().getResource("META-INF/resources/index.html"))
        .as("the dashboard was built")
        .isNotNull();
  }

  private String script() {
    Matcher script = SCRIPT.matcher(page("/").body());
    assertThat(script.find()).isTrue();
    return script.group(1);
  }

  private HttpResponse<String> page(String path) {
    if (browser.cookies().isEmpty()) {
      browser.login("user-" + UUID.randomUUID(), "", "/audit");
    }
    return browser.get(path, "Accept", HTML);
  }

  private static HttpResponse<String> stranger(String path, String accept) {
    return new Browser().get(path, "Accept", accept);
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
