package dev.valet.api.platform.problem;

import dev.valet.common.problem.FieldError;
import dev.valet.common.problem.ProblemType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ends a request with a problem of the catalogue. The message goes to the client as {@code detail},
 * so it names no internals. Inside a transaction it also rolls that back.
 */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final transient List<FieldError> errors;
  private final transient Map<String, String> headers;

  private ProblemException(
      ProblemType type, String detail, List<FieldError> errors, Map<String, String> headers) {
    // An expected answer: no stack trace, which would cost more than the request itself.
    super(detail, null, false, false);
    this.type = type;
    this.errors = List.copyOf(errors);
    this.headers = Map.copyOf(headers);
  }

  /** A problem with words of its own. */
  public static ProblemException of(ProblemType type, String detail) {
    return new ProblemException(type, detail, List.of(), Map.of());
  }

  /** A problem that lists what is wrong with the request. */
  public static ProblemException of(ProblemType type, String detail, List<FieldError> errors) {
    return new ProblemException(type, detail, errors, Map.of());
  }

  /** 400: one field or parameter is wrong. */
  public static ProblemException field(String field, String message) {
    return fields(List.of(new FieldError(field, message)));
  }

  /** 400: one field or parameter is none of the allowed values. */
  public static ProblemException field(String field, String message, List<String> allowed) {
    return fields(List.of(new FieldError(field, message, allowed)));
  }

  /**
   * 400: these fields or parameters are wrong.
   *
   * @param errors at least one
   */
  public static ProblemException fields(List<FieldError> errors) {
    return new ProblemException(ProblemType.VALIDATION, summary(errors), errors, Map.of());
  }

  /**
   * 404. Also for what exists but is not the caller's to see: the two must not be told apart.
   *
   * @param what kind and id, such as {@code sandbox 0197...}
   */
  public static ProblemException notFound(String what) {
    return of(ProblemType.NOT_FOUND, "There is no " + what + " that you may see");
  }

  /** 409: the present state does not allow it. */
  public static ProblemException conflict(String detail) {
    return of(ProblemType.CONFLICT, detail);
  }

  /** 403. */
  public static ProblemException forbidden(String detail) {
    return of(ProblemType.FORBIDDEN, detail);
  }

  /** The same with a header on the answer, such as {@code Retry-After}. */
  public ProblemException withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new ProblemException(type, detail(), errors, more);
  }

  /** The same with its fields below another one. */
  public ProblemException within(String place) {
    List<FieldError> placed =
        errors.stream()
            .map(error ->
                new FieldError(place + "." + error.field(), error.message(), error.allowed()))
            .toList();
    return placed.isEmpty() ? this : new ProblemException(type, summary(placed), placed, headers);
  }

  /** Which of the catalogue. */
  public ProblemType type() {
    return type;
  }

  /** What happened, for the client. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  /** What is wrong with the request; may be empty. */
  public List<FieldError> errors() {
    return errors;
  }

  /** Headers of the answer. */
  public Map<String, String> headers() {
    return headers;
  }

  private static String summary(List<FieldError> errors) {
    FieldError first = errors.getFirst();
    String text = first.field().isEmpty() ? first.message() : first.field() + " " + first.message();
    return errors.size() == 1 ? text : text + " (and " + (errors.size() - 1) + " more)";
  }
}
