package dev.valet.api.platform.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DangerousSettingsTest {
  private static final String URL = "valet.public-url";
  private static final String SECRET = "quarkus.oidc.token-state-manager.encryption-secret";
  private static final String GOOD_SECRET = "q8Zr2LwXn5Tb7VcKp1Ym4Hd9Gf3Js6Aa";

  /** A production that is as it should be. */
  private static final Map<String, String> GOOD =
      Map.of(
          URL,
          "https://valet.example.com",
          SECRET,
          GOOD_SECRET,
          "quarkus.oidc.auth-server-url",
          "https://login.example.com/realms/valet",
          "quarkus.oidc.authentication.cookie-force-secure",
          "true",
          "quarkus.datasource.password",
          "hR7-kk2_Pq");

  private static final Map<String, String> LOCAL =
      Map.of(
          "valet.local",
          "true",
          "quarkus.http.host",
          "127.0.0.1",
          URL,
          "http://localhost:8080",
          "quarkus.oidc.auth-server-url",
          "http://localhost:9000/valet");

  @Test
  void nothingSetIsSafeOutsideOfProduction() {
    assertThat(find(Map.of(), false)).isEmpty();
  }

  @Test
  void goodProductionStarts() {
    assertThat(find(GOOD, true)).isEmpty();
  }

  @Test
  void nothingSetIsNoProduction() {
    assertThat(find(Map.of(), true))
        .anyMatch(line -> line.startsWith("valet.public-url is missing"))
        .anyMatch(line -> line.startsWith(SECRET + " is missing"))
        .anyMatch(line -> line.contains("cookie-force-secure is off"))
        .hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "valet.public-url, http://valet.example.com, needs https",
    "quarkus.oidc.auth-server-url, http://login.example.com, needs https",
    "quarkus.oidc.auth-server-url, http://localhost:9000, needs https",
    "quarkus.oidc.authentication.cookie-force-secure, false, plain http",
    "quarkus.oidc.token-state-manager.encryption-required, false, lie open",
    "quarkus.oidc.credentials.secret, secret, anybody would try",
    "quarkus.datasource.password, postgres, anybody would try",
    "quarkus.datasource.password, Valet1, anybody would try",
    "quarkus.flyway.password, changeme, anybody would try",
    "quarkus.tls.trust-all, true, every certificate",
    "quarkus.oidc.tls.verification, none, every certificate",
    "quarkus.oidc.token.issuer, any, made for others",
    "quarkus.oidc.token.audience, any, made for others"
  })
  void eachDangerOfProductionIsOneLineThatNamesItsSetting(String name, String value, String words) {
    assertThat(find(with(GOOD, name, value), true))
        .singleElement()
        .asString()
        .startsWith(name)
        .contains(words)
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dQ3f-shorty",
        "abcabcabcabcabcabcabcabcabcabcabcabc",
        "only-for-tests-only-for-tests-32",
        "my-very-long-secret-for-the-cookie-2026"
      })
  void weakCookieSecretIsNamedAndNotShown(String secret) {
    assertThat(find(with(GOOD, SECRET, secret), true))
        .singleElement()
        .asString()
        .startsWith(SECRET)
        .doesNotContain(secret);
  }

  @Test
  void oneMachineIsExempt() {
    assertThat(find(LOCAL, true)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "quarkus.http.host, 0.0.0.0",
    "quarkus.http.host, 192.168.1.5",
    "quarkus.http.host, ''",
    "valet.public-url, http://valet.example.com",
    "valet.public-url, https://valet.example.com"
  })
  void exemptionOfOneMachineHoldsOnThatMachineAlone(String name, String value) {
    assertThat(find(with(LOCAL, name, value), true))
        .singleElement()
        .asString()
        .startsWith("valet.local is for one machine");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"valet.example.com", "https://valet.example.com/", "https://v.example.com/a", "*"})
  void publicUrlIsAnOriginAndNothingMore(String url) {
    assertThat(find(Map.of(URL, url), false)).singleElement().asString().startsWith(URL);
  }

  @Test
  void forwardingNeedsTrustedProxies() {
    Map<String, String> forwarding = Map.of("quarkus.http.proxy.proxy-address-forwarding", "true");
    assertThat(find(forwarding, false)).singleElement().asString().contains("trusted-proxies");
    assertThat(find(with(forwarding, "quarkus.http.proxy.trusted-proxies", "10.0.0.0/8"), false))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "null",
        "http://valet.example.com",
        "/https://.*/",
        "https://*.example.com",
        "https://valet.example.com/",
        "https://valet.example.com/path",
        "https://user@valet.example.com",
        "valet.example.com",
        "https://",
        "ftp://valet.example.com"
      })
  void originThatIsNotExactIsNamed(String origin) {
    assertThat(cors(origin, false)).singleElement().asString().contains("\"" + origin + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://valet.example.com", "https://valet.example.com:8443"})
  void exactOriginIsSafe(String origin) {
    assertThat(cors(origin, true)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:5173", "http://127.0.0.1:5173", "http://[::1]:5173"})
  void plainHttpOfThisMachineIsForDevelopmentAlone(String origin) {
    assertThat(cors(origin, false)).isEmpty();
    assertThat(cors(origin, true)).singleElement().asString().contains(origin);
  }

  @Test
  void corsWithoutOriginsIsDangerous() {
    assertThat(find(Map.of("quarkus.http.cors.enabled", "true"), false)).hasSize(1);
  }

  private static List<String> cors(String origin, boolean packaged) {
    Map<String, String> settings = with(GOOD, "quarkus.http.cors.enabled", "true");
    return find(with(settings, "quarkus.http.cors.origins", origin), packaged);
  }

  private static Map<String, String> with(Map<String, String> settings, String name, String value) {
    Map<String, String> changed = new HashMap<>(settings);
    changed.put(name, value);
    return changed;
  }

  private static List<String> find(Map<String, String> settings, boolean packaged) {
    return DangerousSettings.find(
        new Settings(name -> Optional.ofNullable(settings.get(name)), packaged));
  }
}
