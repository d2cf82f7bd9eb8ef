package dev.valet.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.assertions.PageAssertions.HasURLOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard as a new user meets it, in a real browser on a whole Valet. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DashboardIT {
  private static final int PATIENCE = 60_000;
  private static final Path PICTURES = Path.of("target/screenshots");

  @TempDir static Path data;
  private static RunningValet valet;
  private static Chromium chromium;
  private static Page page;

  @BeforeAll
  static void up() throws IOException {
    Optional<String> missing = Chromium.missing();
    missing.ifPresent(Chromium::notRun);
    Assumptions.assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    valet = RunningValet.start(data, freePort(), freePort());
    chromium = Chromium.start();
    page = signedIn("admin", "/");
  }

  @AfterAll
  static void down() {
    if (chromium != null) {
      chromium.close();
    }
    if (valet != null) {
      valet.close();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Page signedIn(String user, String path) {
    Page page = chromium.person();
    page.setDefaultTimeout(PATIENCE);
    page.navigate(valet.url() + path);
    page.locator("button[value=" + user + "]").click();
    assertThat(page).hasURL(valet.url() + path, new HasURLOptions().setTimeout(PATIENCE));
    return page;
  }

  private static Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator link(String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator row(String name) {
    return page.getByRole(AriaRole.ROW, new Page.GetByRoleOptions().setName(Pattern.compile(name)));
  }

  private static void seen(Locator what) {
    assertThat(what).isVisible(new IsVisibleOptions().setTimeout(PATIENCE));
  }

  private static void go(String path) {
    page.navigate(valet.url() + path);
    seen(page.locator("h1"));
  }

  @Test
  @Order(1)
  void aNewUserCreatesSandboxesAndWatchesThemComeUp() {
    seen(page.getByText("There are no sandboxes yet"));
    picture("fleet-empty");
    link("Create sandboxes").first().click();
    page.getByRole(AriaRole.RADIO).first().check();
    button("Next").click();
    button("Next").click();
    page.getByLabel("Name").fill("web");
    page.getByLabel("How many").fill("2");
    page.getByLabel("Tags").fill("team=checkout");
    // What was filled in survives a reload.
    page.reload();
    button("Review").click();
    seen(page.getByText("2 sandboxes").first());
    picture("create-review");
    button("Create 2 sandboxes").click();
    seen(page.getByText("2 sandboxes of 2 accepted"));
    seen(page.getByRole(AriaRole.IMG, new Page.GetByRoleOptions().setName("Healthy")).nth(1));
    picture("create-progress");
  }

  @Test
  @Order(2)
  void theFleetIsFilteredInItsAddressAndChangesLive() {
    link("Fleet").click();
    seen(row("web-1"));
    seen(page.getByText("Live", new Page.GetByTextOptions().setExact(true)));
    picture("fleet");
    page.getByLabel("Filter", new Page.GetByLabelOptions().setExact(true))
        .fill("tag:team=checkout web-2");
    page.keyboard().press("Enter");
    assertThat(page).hasURL(Pattern.compile("filter=tag.*web-2"));
    assertThat(row("web-1")).hasCount(0);
    page.getByRole(AriaRole.CHECKBOX, new Page.GetByRoleOptions().setName("Select web-2")).check();
    // Somebody else stops it: no reload, and it stays selected.
    Api api = new Api(valet.url(), valet.token("operator"));
    String stop = "/api/v1" + link("web-2").getAttribute("href") + "/stop";
    api.post(stop, Map.of("force", false), Map.of()).expect(202);
    seen(row("web-2").getByText("Stopped"));
    seen(page.getByText("1 sandbox selected"));
  }

  @Test
  @Order(3)
  void bulkActionIsPreviewedAndFollowedToItsEnd() {
    go("/");
    seen(row("web-1"));
    page.getByRole(
            AriaRole.CHECKBOX, new Page.GetByRoleOptions().setName("Select all that are loaded"))
        .check();
    button("Start…").click();
    seen(page.getByText("Start 2: 1 now, 1 need nothing."));
    picture("bulk-preview");
    button("Start 1 sandbox").click();
    seen(page.getByText("Done 1"));
    button("Close").last().click();
    seen(row("web-2").getByText("Running"));
  }

  @Test
  @Order(4)
  void everyPageIsAccessibleInLightAndDark() throws IOException {
    String sandbox = page.locator("a[href^='/sandboxes/0']").first().getAttribute("href");
    go("/templates");
    String template = page.locator("main a[href^='/templates/']").first().getAttribute("href");
    seen(page.getByText("local-browser").first());
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      for (String path :
          List.of(
              "/",
              sandbox,
              "/templates",
              template,
              "/operations",
              "/audit",
              "/access",
              "/sandboxes/new",
              "/me")) {
        go(path);
        assertThat(page.locator("[aria-label=Loading]")).hasCount(0);
        Assertions.assertThat(Chromium.inaccessible(page)).as(path + " " + scheme).isEmpty();
        picture(name(path, sandbox, template) + "-" + scheme.name().toLowerCase(Locale.ROOT));
      }
    }
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
  }

  private static String name(String path, String sandbox, String template) {
    if (path.equals(sandbox)) {
      return "sandbox";
    }
    return path.equals(template)
        ? "template"
        : path.equals("/") ? "fleet" : path.substring(1).replace('/', '-');
  }

  @Test
  @Order(5)
  void sessionThatEndsTakesNothingAway() {
    go("/sandboxes/new");
    page.getByRole(AriaRole.RADIO).first().check();
    page.context().clearCookies();
    link("Operations").click();
    seen(page.getByText("Your session has ended."));
    page.getByText("Sign in here").click();
    page.locator("button[value=viewer]").click();
    assertThat(page).hasURL(valet.url() + "/operations");
    seen(page.getByText("Create", new Page.GetByTextOptions().setExact(true)).first());
  }

  @Test
  @Order(6)
  void whoMayOnlyLookIsToldSo() {
    go("/");
    seen(row("web-1"));
    assertThat(button("Create sandboxes")).isDisabled();
    go("/audit");
    seen(page.getByText("You may not see audit log"));
  }

  @Test
  @Order(7)
  void noPageBreaksItsContentPolicy() {
    Assertions.assertThat(chromium.complaints()).isEmpty();
  }

  private static void picture(String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setFullPage(false));
  }
}
