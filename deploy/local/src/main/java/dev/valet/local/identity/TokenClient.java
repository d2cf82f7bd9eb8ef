package dev.valet.local.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.valet.local.host.Secrets;
import dev.valet.local.host.StartException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Logs a local user in the way a browser does: authorization code flow with PKCE, the login page
 * filled in.
 */
public final class TokenClient {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String REDIRECT = "http://localhost/callback";

  private final URI issuer;
  private final HttpClient http;

  /**
   * @param port the identity provider's
   */
  public TokenClient(int port, HttpClient http) {
    this.issuer = IdentityServer.issuer(port);
    this.http = http;
  }

  /**
   * An access token for the API, good for one hour.
   *
   * @throws StartException if the provider does not answer or refuses
   */
  public String accessToken(LocalUser user) {
    String verifier = Secrets.password() + Secrets.password();
    String code = authorize(user.username(), verifier);
    return exchange(code, verifier).path("access_token").asText();
  }

  /** The login: the code that the provider hands to the redirect address. */
  String authorize(String username, String verifier) {
    String query =
        form(
            Map.of(
                "response_type",
                "code",
                "client_id",
                LocalUser.AUDIENCE,
                "redirect_uri",
                REDIRECT,
                "scope",
                "openid",
                "state",
                Secrets.password(),
                "code_challenge",
                challenge(verifier),
                "code_challenge_method",
                "S256"));
    var response = post("/authorize?" + query, Map.of("username", username));
    String target = response.headers().firstValue("location").orElse("");
    return Arrays.stream(target.substring(target.indexOf('?') + 1).split("&", -1))
        .filter(parameter -> parameter.startsWith("code="))
        .map(parameter -> parameter.substring("code=".length()))
        .findFirst()
        .orElseThrow(() -> refused("a login", response));
  }

  /** Tokens for a code. */
  JsonNode exchange(String code, String verifier) {
    return tokens(
        Map.of(
            "grant_type", "authorization_code",
            "code", code,
            "redirect_uri", REDIRECT,
            "client_id", LocalUser.AUDIENCE,
            "code_verifier", verifier));
  }

  /** Tokens for a refresh token, which the provider replaces by a new one. */
  JsonNode refresh(String refreshToken) {
    return tokens(
        Map.of(
            "grant_type",
            "refresh_token",
            "refresh_token",
            refreshToken,
            "client_id",
            LocalUser.AUDIENCE));
  }

  private JsonNode tokens(Map<String, String> form) {
    var response = post("/token", form);
    if (response.statusCode() != 200) {
      throw refused("a token", response);
    }
    try {
      return JsonMapper.builder().build().readTree(response.body());
    } catch (IOException e) {
      throw new StartException("The identity provider's answer is not JSON: " + e.getMessage(), e);
    }
  }

  private HttpResponse<String> post(String path, Map<String, String> form) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(issuer + path))
            .timeout(LIMIT)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form(form)))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new StartException(
          "The identity provider at " + issuer + " does not answer yet: try again in a moment", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("Interrupted while waiting for " + issuer, e);
    }
  }

  private static StartException refused(String what, HttpResponse<String> response) {
    return new StartException(
        "The identity provider refused "
            + what
            + " with status "
            + response.statusCode()
            + ": "
            + response.body().replaceAll("\\s+", " "));
  }

  private static String challenge(String verifier) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private static String form(Map<String, String> fields) {
    return new TreeMap<>(fields)
        .entrySet().stream()
            .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
  }
}
