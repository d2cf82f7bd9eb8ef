package dev.valet.common.problem;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * Everything that the API can answer instead of success. The catalogue is closed: clients may
 * branch on {@link #uri()}, which never changes its meaning. {@code docs/api/openapi.yaml} explains
 * each to people.
 */
public enum ProblemType {
  /** A field, parameter or id has a value that is not allowed; {@code errors} lists each. */
  VALIDATION("validation", "The request is not valid", 400),

  /** A query parameter that the route does not have; {@code errors} lists those it has. */
  UNKNOWN_PARAMETER("unknown-parameter", "A query parameter is not known", 400),

  /** The body is not JSON, or not of the shape that the route takes. */
  MALFORMED_BODY("malformed-body", "The body cannot be read", 400),

  /** The cursor was altered, or belongs to another list or other filters. */
  BAD_CURSOR("bad-cursor", "The cursor is not valid here", 400),

  /** No token, or one that is expired, altered or of another issuer or audience. */
  UNAUTHORIZED("unauthorized", "A valid token is needed", 401),

  /** The caller is known and may not do this. */
  FORBIDDEN("forbidden", "Not allowed", 403),

  /** No such route, or no such object that the caller may see. */
  NOT_FOUND("not-found", "Not found", 404),

  /** The route exists, but not for this method. */
  METHOD_NOT_ALLOWED("method-not-allowed", "Method not allowed", 405),

  /** The route cannot answer in any of the accepted media types. */
  NOT_ACCEPTABLE("not-acceptable", "No acceptable media type", 406),

  /** The object's present state does not allow this. */
  CONFLICT("conflict", "Conflict with the present state", 409),

  /** A living object already has this name. */
  NAME_TAKEN("name-taken", "The name is taken", 409),

  /** The first request with this idempotency key is still under way. */
  IDEMPOTENCY_IN_PROGRESS("idempotency-in-progress", "The same request is under way", 409),

  /** The object has changed since the version that If-Match names. */
  PRECONDITION_FAILED("precondition-failed", "The object has changed", 412),

  /** The body is larger than the limit. */
  BODY_TOO_LARGE("body-too-large", "The body is too large", 413),

  /** The path or query string is longer than the limit. */
  URI_TOO_LONG("uri-too-long", "The address is too long", 414),

  /** The body is of a media type that the route does not take. */
  UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", "Unsupported media type", 415),

  /** The idempotency key was used for a request with another body. */
  IDEMPOTENCY_MISMATCH("idempotency-mismatch", "The idempotency key belongs to another body", 422),

  /** The route changes an object and needs If-Match. */
  PRECONDITION_REQUIRED("precondition-required", "If-Match is needed", 428),

  /** Too many requests of this caller; Retry-After says when to come back. */
  TOO_MANY_REQUESTS("too-many-requests", "Too many requests", 429),

  /** The header fields are larger than the limit. */
  HEADERS_TOO_LARGE("headers-too-large", "The header fields are too large", 431),

  /** A fault of Valet; the log has it under {@code traceId}. */
  INTERNAL("internal", "Internal error", 500),

  /** Something that Valet needs is away for the moment; Retry-After says when to come back. */
  UNAVAILABLE("unavailable", "Temporarily unavailable", 503);

  private static final String PREFIX = "urn:valet:problem:";

  private final String slug;
  private final String title;
  private final int status;

  ProblemType(String slug, String title, int status) {
    this.slug = slug;
    this.title = title;
    this.status = status;
  }

  /** Short name: kebab-case, unique. */
  public String slug() {
    return slug;
  }

  /** The {@code type} member of the problem body: {@code urn:valet:problem:<slug>}. */
  public String uri() {
    return PREFIX + slug;
  }

  /** The same sentence for every problem of this type. */
  public String title() {
    return title;
  }

  /** The HTTP status that it is answered with. */
  public int status() {
    return status;
  }

  /** The general type of a status: the first of the catalogue that has it. */
  public static Optional<ProblemType> ofStatus(int status) {
    return Arrays.stream(values())
        .filter(type -> type.status == status)
        .min(Comparator.comparingInt(ProblemType::ordinal));
  }
}
