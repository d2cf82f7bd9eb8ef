package dev.valet.agent.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
  private static final String SANDBOX = "01900000-0000-7000-8000-000000000001";
  private static final Map<String, String> REQUIRED =
      Map.of("VALET_API_URL", "http://127.0.0.1:8080", "VALET_SANDBOX_ID", SANDBOX);

  @Test
  void requiredSettingsAloneAreEnough() throws Exception {
    Settings settings = SettingsReader.read(REQUIRED);

    assertThat(settings)
        .isEqualTo(
            new Settings(
                URI.create("http://127.0.0.1:8080"),
                UUID.fromString(SANDBOX),
                null,
                1,
                List.of(),
                Path.of("var/lib/valet").toAbsolutePath(),
                8000,
                new BindHost.Literal("0.0.0.0"),
                URI.create("http://169.254.169.254"),
                Duration.ofHours(24),
                DesktopMode.AUTO,
                Duration.ofSeconds(20),
                new BrowserSettings(
                    true,
                    List.of(),
                    List.of(80, 443),
                    URI.create("http://127.0.0.1:50325"),
                    null)));
  }

  @Test
  void settingsOfTheBrowsersAreRead() throws Exception {
    BrowserSettings browsers =
        SettingsReader.read(
                with(
                    Map.of(
                        "VALET_BROWSER_SANDBOX", "off",
                        "VALET_CAPTURE_ALLOW", "10.0.0.0/8, ::1",
                        "VALET_CAPTURE_PORTS", "80,8080",
                        "VALET_ADSPOWER_URL", "http://127.0.0.1:50326/",
                        "VALET_ADSPOWER_KEY", "k")))
            .browsers();

    assertThat(browsers.sandboxed()).isFalse();
    assertThat(browsers.opened()).containsExactly(Cidr.parse("10.0.0.0/8"), Cidr.parse("::1/128"));
    assertThat(browsers.ports()).containsExactly(80, 8080);
    assertThat(browsers.adsPower()).isEqualTo(URI.create("http://127.0.0.1:50326"));
    assertThat(browsers.adsPowerKey().reveal()).isEqualTo("k");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "VALET_BROWSER_SANDBOX|no",
        "VALET_CAPTURE_ALLOW|10.0.0.1/8",
        "VALET_CAPTURE_ALLOW|10.0.0.0/33",
        "VALET_CAPTURE_ALLOW|example.com",
        "VALET_CAPTURE_ALLOW|10.0.0.0/8,",
        "VALET_CAPTURE_PORTS|0",
        "VALET_CAPTURE_PORTS|80;443",
        "VALET_ADSPOWER_URL|localhost:50325"
      })
  void badSettingsOfTheBrowsersAreNamed(String name, String value) {
    assertThatThrownBy(() -> SettingsReader.read(with(Map.of(name, value))))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContaining(name + "=\"" + value + "\" (allowed: ");
  }

  @Test
  void everySettingIsRead(@TempDir Path folder) throws Exception {
    Settings settings =
        SettingsReader.read(
            with(
                Map.of(
                    "VALET_API_URL", "https://valet.example.com/base/",
                    "VALET_BOOTSTRAP_TOKEN", "0123456789abcdef",
                    "VALET_CAPACITY", "100",
                    "VALET_ENGINES", "chromium, firefox",
                    "VALET_DESKTOP", "on",
                    "VALET_STATE_DIR", folder.toString(),
                    "HEALTH_PORT", "65535",
                    "HEALTH_HOST", "auto",
                    "AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://127.0.0.1:9/i-1/")));

    assertThat(settings.apiUrl()).isEqualTo(URI.create("https://valet.example.com/base"));
    assertThat(settings.bootstrapToken().reveal()).isEqualTo("0123456789abcdef");
    assertThat(settings.capacity()).isEqualTo(100);
    assertThat(settings.engines()).containsExactly("chromium", "firefox");
    assertThat(settings.desktop()).isEqualTo(DesktopMode.ON);
    assertThat(settings.stateDir()).isEqualTo(folder);
    assertThat(settings.healthPort()).isEqualTo(65535);
    assertThat(settings.healthHost()).isEqualTo(new BindHost.Auto());
    assertThat(settings.imdsEndpoint()).isEqualTo(URI.create("http://127.0.0.1:9/i-1"));
  }

  @Test
  void emptyCountsAsNotSet() throws Exception {
    Settings settings =
        SettingsReader.read(
            with(Map.of("HEALTH_PORT", "", "VALET_BOOTSTRAP_TOKEN", " ", "VALET_ENGINES", "")));

    assertThat(settings.healthPort()).isEqualTo(8000);
    assertThat(settings.bootstrapToken()).isNull();
    assertThat(settings.engines()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HEALTH_PORT | 0",
        "HEALTH_PORT | 65536",
        "HEALTH_PORT | -1",
        "HEALTH_PORT | +8000",
        "HEALTH_PORT | eight",
        "HEALTH_PORT | 8000.0",
        "HEALTH_PORT | 80 00",
        "HEALTH_PORT | 99999999999999999999",
        "HEALTH_PORT | ８０００",
        "HEALTH_HOST | localhost",
        "HEALTH_HOST | AUTO",
        "HEALTH_HOST | 256.0.0.1",
        "HEALTH_HOST | 127.1",
        "HEALTH_HOST | 2130706433",
        "HEALTH_HOST | 10.0.0.1:8000",
        "HEALTH_HOST | :::",
        "VALET_API_URL | api.example.com",
        "VALET_API_URL | ftp://api.example.com",
        "VALET_API_URL | http://",
        "VALET_API_URL | http://user:pass@api.example.com",
        "VALET_API_URL | http://api.example.com?x=1",
        "VALET_API_URL | http://api.example.com#x",
        "VALET_API_URL | http://api.example.com:0",
        "VALET_API_URL | http://api.example.com:65536",
        "VALET_API_URL | http://api example.com",
        "VALET_SANDBOX_ID | 1-1-1-1-1",
        "VALET_SANDBOX_ID | 01900000-0000-7000-8000-00000000000g",
        "VALET_CAPACITY | 0",
        "VALET_CAPACITY | 101",
        "VALET_CAPACITY | many",
        "VALET_ENGINES | chromium,",
        "VALET_ENGINES | chromium,chromium",
        "VALET_ENGINES | ../chromium",
        "VALET_ENGINES | a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q",
        "VALET_STATE_DIR | /proc/version",
        "AWS_EC2_METADATA_SERVICE_ENDPOINT | 169.254.169.254",
      })
  void badValueIsNamedWithWhatIsAllowed(String name, String value) {
    assertThatThrownBy(() -> SettingsReader.read(with(Map.of(name, value))))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContaining(name + "=\"")
        .hasMessageContaining("(allowed: ")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void allFaultsAreToldInOneLine() {
    Map<String, String> environment =
        Map.of("HEALTH_PORT", "a\nb", "VALET_CAPACITY", "0", "VALET_SANDBOX_ID", "x");

    assertThatThrownBy(() -> SettingsReader.read(environment))
        .hasMessage(
            "settings refused: VALET_API_URL is missing (allowed: http://host[:port][/path] or"
                + " https://host[:port][/path]); VALET_SANDBOX_ID=\"x\" (allowed: a UUID);"
                + " VALET_CAPACITY=\"0\" (allowed: 1 to 100);"
                + " HEALTH_PORT=\"a?b\" (allowed: 1 to 65535)");
  }

  @ParameterizedTest
  @CsvSource({"too-short", "has-a-space in-the-middle", "ümlaut-is-not-visible-ascii"})
  void badTokenIsRefusedWithoutBeingQuoted(String token) {
    assertThatThrownBy(() -> SettingsReader.read(with(Map.of("VALET_BOOTSTRAP_TOKEN", token))))
        .hasMessageContaining("VALET_BOOTSTRAP_TOKEN is malformed")
        .message()
        .doesNotContain(token);
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.example.com, false",
    "http://127.8.9.1:8080, false",
    "http://localhost, false",
    "http://[::1]:8080, false",
    "http://api.example.com, true",
    "http://10.0.0.1, true",
    "HTTP://127x.example.com, true"
  })
  void unencryptedWayToTheApiIsNoticed(String url, boolean inClear) throws Exception {
    assertThat(SettingsReader.read(with(Map.of("VALET_API_URL", url))).sendsSecretsInClear())
        .isEqualTo(inClear);
  }

  @Test
  void longValuesAreCut() {
    assertThatThrownBy(() -> SettingsReader.read(with(Map.of("HEALTH_PORT", "9".repeat(100_000)))))
        .message()
        .hasSizeLessThan(200);
  }

  @Test
  void stateFolderMustNotBeAFile(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> SettingsReader.read(with(Map.of("VALET_STATE_DIR", file.toString()))))
        .hasMessageContaining("VALET_STATE_DIR");
  }

  @Test
  void settingsDoNotShowTheToken() throws Exception {
    Settings settings =
        SettingsReader.read(with(Map.of("VALET_BOOTSTRAP_TOKEN", "0123456789abcdef")));

    assertThat(settings.toString()).doesNotContain("0123456789abcdef").contains("***");
  }

  private static Map<String, String> with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(REQUIRED);
    all.putAll(more);
    return all;
  }
}
