package dev.valet.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine's own browser. It keeps what pages complain about. */
final class Chromium implements AutoCloseable {
  private static final Path ROOT = Path.of(System.getProperty("valet.root"));
  private static final Path AXE =
      ROOT.resolve("api/src/main/webui/node_modules/axe-core/axe.min.js");

  private final Playwright playwright;
  private final Browser browser;
  private final List<String> complaints = new ArrayList<>();

  private Chromium(Path executable) {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
  }

  /** Why the suite cannot run here; empty if it can. */
  static Optional<String> missing() {
    if (!Files.exists(ROOT.resolve("api/target/classes/META-INF/resources/index.html"))) {
      return Optional.of("the dashboard was not built, Node 20.19 or newer is not there");
    }
    return executable().isPresent() ? Optional.empty() : Optional.of("chromium is not there");
  }

  /** As {@code ./valet test} lists it. */
  static void notRun(String why) {
    try {
      Path folder = Files.createDirectories(Path.of("target/not-run"));
      Files.writeString(folder.resolve("dashboard.txt"), "dashboard in a browser: " + why + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Chromium start() {
    return new Chromium(executable().orElseThrow());
  }

  private static Optional<Path> executable() {
    return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A person at a desk, with cookies of their own. */
  Page person() {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(1280, 800)
                .setColorScheme(ColorScheme.LIGHT));
    Page page = context.newPage();
    page.onConsoleMessage(this::hear);
    page.onPageError(complaints::add);
    return page;
  }

  /** What is not said of the network: an outage is part of some tests. */
  private void hear(ConsoleMessage message) {
    if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
      complaints.add(message.text());
    }
  }

  /** Faults of scripts and violations of the content policy so far. */
  List<String> complaints() {
    return complaints;
  }

  /** Serious findings on the page that is shown, contrast included. */
  @SuppressWarnings("unchecked")
  static List<String> inaccessible(Page page) {
    try {
      page.evaluate(Files.readString(AXE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (List<String>)
        page.evaluate(
            """
            async () => (await axe.run(document)).violations
              .filter((one) => ['serious', 'critical'].includes(one.impact))
              .flatMap((one) => one.nodes.map((node) => one.id + ': ' + node.html.slice(0, 160)
                + ' ' + (node.any[0]?.message ?? '')))
            """);
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
