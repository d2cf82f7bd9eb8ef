package dev.valet.api.dashboard;

import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.platform.problem.ProblemResponses;
import dev.valet.api.platform.security.Pages;
import dev.valet.common.problem.ProblemType;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Answers every page with the one document, whose script shows what belongs to the path. */
@ApplicationScoped
class PageRoutes {
  private static final String DOCUMENT = "META-INF/resources/index.html";

  /**
   * Before the framework's handler of files, which would serve the document with its own headers.
   */
  private static final int BEFORE_FILES = 0;

  private final ProblemResponses responses;
  private final @Nullable Buffer document;

  PageRoutes(ProblemResponses responses) {
    this.responses = responses;
    this.document = read();
  }

  void register(@Observes Router router) {
    router.get().order(BEFORE_FILES).handler(this::answer);
  }

  private void answer(RoutingContext request) {
    if (!Pages.isPage(request.request())) {
      request.next();
    } else if (document == null) {
      responses.send(
          ProblemException.of(
              ProblemType.NOT_FOUND,
              "This Valet was built without its dashboard: install Node 20.19 or newer, build again"),
          request);
    } else {
      request.response().putHeader("Content-Type", "text/html;charset=UTF-8").end(document);
    }
  }

  private static @Nullable Buffer read() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (InputStream in = loader.getResourceAsStream(DOCUMENT)) {
      return in == null ? null : Buffer.buffer(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
