package dev.valet.api.platform.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds settings that will do on one machine and in tests, and must not be in production. Pure.
 *
 * <p>Production is the program as it ships (a jar or an executable), unless {@code valet.local}
 * says that everything runs on this one machine, which is checked.
 */
final class ProductionDangers {
  private static final String COOKIE_SECRET = "quarkus.oidc.token-state-manager.encryption-secret";
  private static final int SECRET_LENGTH = 32;
  private static final int DISTINCT = 10;

  /** What secrets contain that were copied out of an example. */
  private static final List<String> KNOWN =
      List.of("changeme", "change-me", "secret", "password", "example", "only-for-test", "valet");

  private ProductionDangers() {}

  static List<String> find(Settings settings) {
    List<String> dangers = new ArrayList<>();
    publicUrl(settings, dangers);
    issuer(settings, dangers);
    cookies(settings, dangers);
    secrets(settings, dangers);
    trust(settings, dangers);
    return dangers;
  }

  private static void publicUrl(Settings settings, List<String> dangers) {
    Optional<String> url = settings.value("valet.public-url");
    if (url.isEmpty()) {
      dangers.add(
          "valet.public-url is missing: set it to the https URL under which browsers reach Valet");
    } else if (!url.get().startsWith("https:")) {
      dangers.add("valet.public-url is " + url.get() + ": production needs https");
    }
  }

  private static void issuer(Settings settings, List<String> dangers) {
    Optional<String> url = settings.value("quarkus.oidc.auth-server-url");
    if (url.isPresent() && !url.get().startsWith("https:")) {
      dangers.add(
          "quarkus.oidc.auth-server-url is "
              + url.get()
              + ": whoever sits in between could log in as anybody; production needs https");
    }
  }

  private static void cookies(Settings settings, List<String> dangers) {
    if (!settings.isTrue("quarkus.oidc.authentication.cookie-force-secure")) {
      dangers.add(
          "quarkus.oidc.authentication.cookie-force-secure is off: sessions would cross plain http");
    }
    if (settings
        .value("quarkus.oidc.token-state-manager.encryption-required")
        .filter("false"::equals)
        .isPresent()) {
      dangers.add(
          "quarkus.oidc.token-state-manager.encryption-required is off: the tokens of sessions"
              + " would lie open in the database");
    }
  }

  private static void secrets(Settings settings, List<String> dangers) {
    Optional<String> cookie = settings.value(COOKIE_SECRET);
    if (cookie.isEmpty()) {
      dangers.add(
          COOKIE_SECRET
              + " is missing: every restart and every second replica would log everybody out;"
              + " set it to 32 or more random characters, the same for all replicas");
    } else if (isWeak(cookie.get())) {
      dangers.add(
          COOKIE_SECRET
              + " is short or guessable: use 32 or more random characters, such as"
              + " `openssl rand -base64 32` prints");
    }
    known(settings, "quarkus.oidc.credentials.secret", dangers);
    known(settings, "quarkus.datasource.password", dangers);
    known(settings, "quarkus.flyway.password", dangers);
  }

  private static void known(Settings settings, String name, List<String> dangers) {
    settings
        .value(name)
        .filter(ProductionDangers::isKnown)
        .ifPresent(value -> dangers.add(name + " is a password that anybody would try: change it"));
  }

  private static boolean isWeak(String secret) {
    return secret.length() < SECRET_LENGTH
        || secret.chars().distinct().count() < DISTINCT
        || KNOWN.stream().anyMatch(secret.toLowerCase(Locale.ROOT)::contains);
  }

  /** A short one of these words and little more; a long random one may contain them. */
  private static boolean isKnown(String secret) {
    String plain = secret.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    return secret.length() < SECRET_LENGTH / 2
        && (plain.equals("postgres")
            || plain.equals("admin")
            || KNOWN.stream().map(word -> word.replace("-", "")).anyMatch(plain::equals));
  }

  private static void trust(Settings settings, List<String> dangers) {
    for (String name : List.of("quarkus.tls.trust-all", "quarkus.tls.oidc.trust-all")) {
      if (settings.isTrue(name)) {
        dangers.add(name + " trusts every certificate: give the right ones in a trust store");
      }
    }
    if (settings
        .value("quarkus.oidc.tls.verification")
        .filter(value -> value.equalsIgnoreCase("none"))
        .isPresent()) {
      dangers.add("quarkus.oidc.tls.verification=none trusts every certificate: take it away");
    }
  }
}
