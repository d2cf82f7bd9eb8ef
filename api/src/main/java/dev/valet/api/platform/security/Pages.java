package dev.valet.api.platform.security;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which requests ask for a page of the dashboard: a browser's navigation to any path that does not
 * belong to the API or the framework. All pages are one document, whose script knows the paths.
 */
public final class Pages {
  /** Where the files lie whose names change with their content. */
  public static final String ASSETS = "/assets/";

  private static final List<String> NO_PAGES =
      List.of("/api", "/agent", "/q", "/login", "/logout", "/assets");

  private Pages() {}

  /** Whether a browser asks for a page. */
  public static boolean isPage(HttpServerRequest request) {
    return HttpMethod.GET.equals(request.method())
        && takesHtml(request.getHeader("Accept"))
        && isPage(request.path());
  }

  static boolean isPage(@Nullable String path) {
    return path != null
        && path.startsWith("/")
        && NO_PAGES.stream().noneMatch(prefix -> lies(path, prefix))
        && (path.equals("/index.html") || !isFile(path));
  }

  private static boolean lies(String path, String prefix) {
    return path.equals(prefix) || path.startsWith(prefix + "/");
  }

  private static boolean isFile(String path) {
    return path.indexOf('.', path.lastIndexOf('/')) >= 0;
  }

  /** Programs that take anything are told the truth about paths that do not exist. */
  private static boolean takesHtml(@Nullable String accept) {
    return accept != null && accept.contains("text/html");
  }
}
