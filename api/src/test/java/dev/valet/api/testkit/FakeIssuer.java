package dev.valet.api.testkit;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * An identity provider that is strict where real ones are: a code and a refresh token are good
 * once, PKCE is checked. How a login behaves is said in the authorization request itself, as {@code
 * &username=ann&groups=viewer&life=30}, because this server lives in another class loader than the
 * tests.
 */
final class FakeIssuer {
  static final String URL_PROPERTY = "dev.valet.test.issuer-url";
  static final String KEY_ID = "test";

  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

  private final String base;
  private final RSAPublicKey key;
  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
  private final Map<String, Map<String, String>> refreshTokens = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

  private FakeIssuer(String base, RSAPublicKey key) {
    this.base = base;
    this.key = key;
  }

  /** Starts one for the life of the JVM and yields its URL. */
  static String start(RSAPublicKey key) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      FakeIssuer issuer = new FakeIssuer("http://127.0.0.1:" + server.getAddress().getPort(), key);
      server.createContext("/", issuer::handle);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      return issuer.base;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    Map<String, String> query = form(exchange.getRequestURI().getRawQuery());
    switch (exchange.getRequestURI().getPath()) {
      case "/.well-known/openid-configuration" -> answer(exchange, 200, discovery());
      case "/jwks" -> answer(exchange, 200, keys());
      case "/authorize" -> authorize(exchange, query);
      case "/token" -> token(exchange);
      case "/counts" -> answer(exchange, 200, counts(query.get("username")));
      default -> answer(exchange, 404, Map.of());
    }
  }

  private Map<String, Object> discovery() {
    return Map.of(
        "issuer", ValetTestResource.ISSUER,
        "authorization_endpoint", base + "/authorize",
        "token_endpoint", base + "/token",
        "end_session_endpoint", base + "/end",
        "jwks_uri", base + "/jwks");
  }

  private Map<String, Object> keys() {
    Map<String, String> jwk =
        Map.of(
            "kty",
            "RSA",
            "use",
            "sig",
            "alg",
            "RS256",
            "kid",
            KEY_ID,
            "n",
            number(key.getModulus()),
            "e",
            number(key.getPublicExponent()));
    return Map.of("keys", List.of(jwk));
  }

  private void authorize(HttpExchange exchange, Map<String, String> query) throws IOException {
    String code = UUID.randomUUID().toString();
    codes.put(code, query);
    exchange
        .getResponseHeaders()
        .add(
            "Location",
            query.get("redirect_uri") + "?code=" + code + "&state=" + encode(query.get("state")));
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private void token(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> request = form(body);
    if ("refresh_token".equals(request.get("grant_type"))) {
      refresh(exchange, request.get("refresh_token"));
      return;
    }
    Map<String, String> login = codes.remove(request.getOrDefault("code", ""));
    boolean good =
        login != null
            && login.get("redirect_uri").equals(request.get("redirect_uri"))
            && login.get("code_challenge").equals(challenge(request.get("code_verifier")));
    answer(exchange, good ? 200 : 400, good ? tokens(login, login.get("life")) : refused());
  }

  /** Used twice is what rotation is there to find. */
  private void refresh(HttpExchange exchange, String token) throws IOException {
    String username = token.split("\\|", -1)[0];
    Map<String, String> login = refreshTokens.remove(token);
    count(username, login == null ? "reuses" : "renewals");
    if (login == null || "true".equals(login.get("refuse"))) {
      answer(exchange, 400, refused());
    } else if ("true".equals(login.get("outage"))) {
      refreshTokens.put(token, login);
      answer(exchange, 503, Map.of());
    } else {
      answer(exchange, 200, tokens(login, null));
    }
  }

  private Map<String, Object> tokens(Map<String, String> login, String life) {
    String username = login.get("username");
    String refresh = username + "|" + UUID.randomUUID();
    refreshTokens.put(refresh, login);
    long seconds = life == null ? 600 : Long.parseLong(life);
    String token = TestTokens.sign(json(claims(login, seconds)));
    return Map.of(
        "id_token", token,
        "access_token", token,
        "refresh_token", refresh,
        "token_type", "Bearer",
        "expires_in", seconds);
  }

  private static Map<String, Object> claims(Map<String, String> login, long seconds) {
    long now = Clock.systemUTC().instant().getEpochSecond();
    return Map.of(
        "iss", ValetTestResource.ISSUER,
        "aud", List.of(ValetTestResource.AUDIENCE),
        "sub", login.get("username"),
        "preferred_username", login.get("username"),
        "groups", List.of(login.getOrDefault("groups", "viewer").split(",")),
        "nonce", login.get("nonce"),
        "iat", now,
        "exp", now + seconds);
  }

  private void count(String username, String what) {
    counts.computeIfAbsent(username + " " + what, name -> new AtomicInteger()).incrementAndGet();
  }

  private Map<String, Object> counts(String username) {
    return Map.of("renewals", counted(username, "renewals"), "reuses", counted(username, "reuses"));
  }

  private int counted(String username, String what) {
    AtomicInteger count = counts.get(username + " " + what);
    return count == null ? 0 : count.get();
  }

  private static Map<String, Object> refused() {
    return Map.of("error", "invalid_grant");
  }

  private static String json(Map<String, Object> fields) {
    try {
      return JsonMapper.builder().build().writeValueAsString(fields);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void answer(HttpExchange exchange, int status, Map<String, Object> body)
      throws IOException {
    byte[] bytes = json(body).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static Map<String, String> form(String text) {
    return text == null || text.isEmpty()
        ? Map.of()
        : Arrays.stream(text.split("&"))
            .map(pair -> pair.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> decode(pair[1]), (a, b) -> b));
  }

  private static String number(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return URL.encodeToString(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  private static String challenge(String verifier) {
    try {
      return URL.encodeToString(
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
