package dev.valet.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A browser: it keeps cookies and fills in login forms. All replicas of Valet share its cookies, as
 * behind one address; the provider has its own.
 */
final class LoginBrowser {
  private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MOST_REDIRECTS = 10;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> valet = new ConcurrentHashMap<>();
  private final Map<String, String> provider = new ConcurrentHashMap<>();
  private final URI issuer;

  /**
   * @param issuer where the provider is
   */
  LoginBrowser(URI issuer) {
    this.issuer = issuer;
  }

  /** The cookies of Valet. */
  Map<String, String> cookies() {
    return valet;
  }

  HttpResponse<String> get(String url) {
    return send(request(url).GET().build());
  }

  CompletableFuture<HttpResponse<String>> getLater(String url) {
    return http.sendAsync(request(url).GET().build(), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String url, Map<String, String> form, String... headers) {
    String body =
        form.entrySet().stream()
            .map(field -> field.getKey() + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    HttpRequest.Builder request =
        request(url).header("Content-Type", "application/x-www-form-urlencoded");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.POST(BodyPublishers.ofString(body)).build());
  }

  /** Follows redirects until there are none, or one leads to the page. */
  HttpResponse<String> follow(HttpResponse<String> answer, String page) {
    HttpResponse<String> at = answer;
    for (int i = 0; i < MOST_REDIRECTS && isRedirect(at) && !location(at).equals(page); i++) {
      at = get(at.uri().resolve(location(at)).toString());
    }
    return at;
  }

  /** Goes to a page of Valet that needs a login and logs in; yields the last redirect. */
  HttpResponse<String> login(String base, String page, Map<String, String> fields) {
    HttpResponse<String> form = follow(get(base + "/login?returnTo=" + page), page);
    Matcher action = FORM.matcher(form.body());
    String target =
        action.find()
            ? form.uri().resolve(action.group(1).replace("&amp;", "&")).toString()
            : form.uri().toString();
    return follow(post(target, fields), page);
  }

  static JsonNode json(HttpResponse<String> answer) {
    try {
      return new ObjectMapper().readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(answer.body(), e);
    }
  }

  static String location(HttpResponse<?> answer) {
    return answer.headers().firstValue("Location").orElse("");
  }

  private static boolean isRedirect(HttpResponse<?> answer) {
    return answer.statusCode() / 100 == 3 && !location(answer).isEmpty();
  }

  private HttpRequest.Builder request(String url) {
    URI uri = URI.create(url);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
    Map<String, String> jar = jar(uri);
    if (!jar.isEmpty()) {
      request.header(
          "Cookie",
          jar.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    return request;
  }

  private Map<String, String> jar(URI uri) {
    return uri.getPort() == issuer.getPort() ? provider : valet;
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      answer.headers().allValues("Set-Cookie").stream()
          .flatMap(text -> HttpCookie.parse(text).stream())
          .forEach(cookie -> keep(jar(request.uri()), cookie));
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(request.toString(), e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void keep(Map<String, String> jar, HttpCookie cookie) {
    if (cookie.getMaxAge() == 0 || cookie.getValue().isEmpty()) {
      jar.remove(cookie.getName());
    } else {
      jar.put(cookie.getName(), cookie.getValue());
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
