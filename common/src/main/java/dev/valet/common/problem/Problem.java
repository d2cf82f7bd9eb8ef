package dev.valet.common.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of every answer that is not a success: {@code application/problem+json} (RFC 9457).
 *
 * @param type which of the catalogue, such as {@code urn:valet:problem:not-found}
 * @param title the same sentence for every problem of this type, such as {@code Not found}
 * @param status the HTTP status again, such as {@code 404}
 * @param detail what happened this time, in words for people
 * @param instance the path that was asked for, such as {@code /api/v1/sandboxes}
 * @param traceId the request's id; the server's log lines bear it
 * @param errors what is wrong with the request, one by one; empty unless the request is at fault
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
    String type,
    String title,
    int status,
    @Nullable String detail,
    @Nullable String instance,
    @Nullable String traceId,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {

  /** The media type of this body. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** Copies what it is given. */
  public Problem {
    errors = List.copyOf(errors);
  }

  /** A problem of the catalogue. */
  public static Problem of(
      ProblemType type,
      @Nullable String detail,
      @Nullable String instance,
      @Nullable String traceId,
      List<FieldError> errors) {
    return new Problem(type.uri(), type.title(), type.status(), detail, instance, traceId, errors);
  }
}
