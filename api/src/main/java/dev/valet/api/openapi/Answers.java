package dev.valet.api.openapi;

import dev.valet.common.operation.OperationView;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Completes the answers of success: status of accepted work, headers, examples; and the body. */
final class Answers {
  private final Examples examples;

  Answers(Examples examples) {
    this.examples = examples;
  }

  /**
   * Completes an operation.
   *
   * @param versioned whether the object has an ETag, which a change must name
   */
  void complete(Operation operation, Route route, boolean versioned) {
    if (operation.getRequestBody() != null) {
      illustrate(operation.getRequestBody().getContent());
    }
    Map<String, APIResponse> answers = new TreeMap<>();
    operation
        .getResponses()
        .getAPIResponses()
        .forEach((status, answer) -> {
          if (status.startsWith("2")) {
            String real = isOperation(answer) && route.isUnsafe() ? "202" : status;
            answers.put(real, complete(answer, real, versioned));
          }
        });
    operation.getResponses().setAPIResponses(answers);
  }

  /** Long work is answered with the operation to follow. */
  private static boolean isOperation(APIResponse answer) {
    return Schemas.of(answer.getContent()).stream()
        .anyMatch(schema ->
            (Schemas.PREFIX + OperationView.class.getSimpleName()).equals(schema.getRef()));
  }

  private APIResponse complete(APIResponse answer, String status, boolean versioned) {
    illustrate(answer.getContent());
    switch (status) {
      case "201" -> {
        answer.setDescription("Created");
        answer.addHeader("Location", header("Where the new object is", "/api/v1/..."));
      }
      case "202" -> {
        answer.setDescription("Accepted; follow the operation");
        answer.addHeader(
            "Location",
            header("The operation", "/api/v1/operations/" + WellKnownTypes.EXAMPLES.get("uuid")));
      }
      default -> {
        if (versioned) {
          answer.addHeader("ETag", header("The version, for If-Match", "\"3\""));
        }
      }
    }
    return answer;
  }

  /** A header of text. */
  static Header header(String description, String example) {
    return OASFactory.createHeader()
        .description(description)
        .schema(OASFactory.createSchema().addType(SchemaType.STRING))
        .example(example);
  }

  private void illustrate(Content content) {
    if (content != null && content.getMediaTypes() != null) {
      content.getMediaTypes().values().forEach(this::illustrate);
    }
  }

  private void illustrate(MediaType type) {
    if (type.getSchema() != null && type.getExample() == null && type.getExamples() == null) {
      type.setExample(examples.of(type.getSchema()));
    }
  }
}
