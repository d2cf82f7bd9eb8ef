package dev.valet.api.openapi;

import dev.valet.api.platform.problem.Refuses;
import dev.valet.common.problem.FieldError;
import dev.valet.common.problem.Problem;
import dev.valet.common.problem.ProblemType;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.examples.Example;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.DotName;

/**
 * Adds the problems that a route can answer with, as they follow from what it declares: its
 * permission, the id in its path, its body, its parameters; and from {@link Refuses}, what does not
 * follow. One shared response for each status.
 */
final class ProblemAnswers {
  private static final DotName REFUSES = DotName.createSimple(Refuses.class);
  private static final String PREFIX = "#/components/responses/";

  private final Javadoc.Words words;

  ProblemAnswers(Javadoc javadoc) {
    this.words = javadoc.of(ProblemType.class.getName());
  }

  /** Declares a response for each status of the catalogue. */
  void declareIn(Components components) {
    Arrays.stream(ProblemType.values())
        .mapToInt(ProblemType::status)
        .distinct()
        .forEach(status -> components.addResponse(name(status), response(status)));
  }

  void complete(Operation operation, Route route) {
    types(operation, route).stream()
        .mapToInt(ProblemType::status)
        .distinct()
        .forEach(status ->
            operation
                .getResponses()
                .addAPIResponse(
                    String.valueOf(status),
                    OASFactory.createAPIResponse().ref(PREFIX + name(status))));
  }

  private static Set<ProblemType> types(Operation operation, Route route) {
    Set<ProblemType> types =
        EnumSet.of(
            ProblemType.VALIDATION,
            ProblemType.NOT_ACCEPTABLE,
            ProblemType.URI_TOO_LONG,
            ProblemType.HEADERS_TOO_LARGE,
            ProblemType.INTERNAL,
            ProblemType.UNAVAILABLE);
    if (Access.isForPeople(route)) {
      types.addAll(List.of(ProblemType.UNAUTHORIZED, ProblemType.FORBIDDEN));
    }
    if (Access.isForPeople(route) && route.isUnsafe()) {
      types.add(ProblemType.CONFLICT);
    }
    if (route.path().contains("{")) {
      types.add(ProblemType.NOT_FOUND);
    }
    if (operation.getRequestBody() != null) {
      types.addAll(List.of(ProblemType.BODY_TOO_LARGE, ProblemType.UNSUPPORTED_MEDIA_TYPE));
    }
    if (Parameters.has(operation, "If-Match")) {
      types.addAll(List.of(ProblemType.PRECONDITION_FAILED, ProblemType.PRECONDITION_REQUIRED));
    }
    if (Parameters.has(operation, "Idempotency-Key")) {
      types.add(ProblemType.IDEMPOTENCY_MISMATCH);
    }
    refused(route.method()).forEach(types::add);
    refused(route.resource()).forEach(types::add);
    return types;
  }

  private static Stream<ProblemType> refused(AnnotationTarget target) {
    return target.hasDeclaredAnnotation(REFUSES)
        ? Arrays.stream(target.declaredAnnotation(REFUSES).value().asEnumArray())
            .map(ProblemType::valueOf)
        : Stream.empty();
  }

  private APIResponse response(int status) {
    MediaType body =
        OASFactory.createMediaType()
            .schema(OASFactory.createSchema().ref(Schemas.PREFIX + Problem.class.getSimpleName()));
    types(status).forEach(type -> body.addExample(type.slug(), example(type)));
    APIResponse response =
        OASFactory.createAPIResponse()
            .description(types(status).map(this::meaning).collect(Collectors.joining("\n")))
            .content(OASFactory.createContent().addMediaType(Problem.MEDIA_TYPE, body));
    switch (status) {
      case 401 ->
          response.addHeader(
              "WWW-Authenticate", Answers.header("What to send", "Bearer realm=\"valet\""));
      case 429, 503 ->
          response.addHeader(
              "Retry-After", Answers.header("Seconds after which to try again", "2"));
      default -> {}
    }
    return response;
  }

  private String meaning(ProblemType type) {
    return "- `%s`: %s".formatted(type.slug(), words.constants().getOrDefault(type.name(), ""));
  }

  private static Example example(ProblemType type) {
    List<FieldError> errors =
        switch (type) {
          case VALIDATION ->
              List.of(
                  new FieldError(
                      "environment",
                      "must be one of dev, staging, prod",
                      List.of("dev", "staging", "prod")));
          case UNKNOWN_PARAMETER ->
              List.of(
                  new FieldError(
                      "limt", "is not a parameter of this route", List.of("cursor", "limit")));
          default -> List.of();
        };
    Problem problem =
        Problem.of(
            type, type.title(), "/api/v1/sandboxes", WellKnownTypes.EXAMPLES.get("uuid"), errors);
    return OASFactory.createExample()
        .summary(type.title())
        .value(JsonObject.mapFrom(problem).getMap());
  }

  private static Stream<ProblemType> types(int status) {
    return Arrays.stream(ProblemType.values()).filter(type -> type.status() == status);
  }

  /** Of the shared response: the general problem of the status, {@code NotFound}. */
  private static String name(int status) {
    String slug = ProblemType.ofStatus(status).orElseThrow().slug();
    return Arrays.stream(slug.split("-"))
        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(Collectors.joining());
  }
}
