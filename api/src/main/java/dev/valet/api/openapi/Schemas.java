package dev.valet.api.openapi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Walks through schemas. */
final class Schemas {
  /** What a reference to a schema starts with. */
  static final String PREFIX = "#/components/schemas/";

  private Schemas() {}

  /** Every schema of the document, those inside others included. */
  static void each(OpenAPI document, Consumer<Schema> visitor) {
    List<Schema> roots = new ArrayList<>(document.getComponents().getSchemas().values());
    operations(document).forEach(operation -> roots.addAll(of(operation)));
    roots.forEach(root -> each(root, visitor));
  }

  /** A schema and those inside it; what they refer to is not inside. */
  static void each(Schema schema, Consumer<Schema> visitor) {
    visitor.accept(schema);
    children(schema).forEach(child -> each(child, visitor));
  }

  /** All operations. */
  static Stream<Operation> operations(OpenAPI document) {
    return document.getPaths().getPathItems().values().stream()
        .flatMap(item -> item.getOperations().values().stream());
  }

  /** The schemas of the media types. */
  static List<Schema> of(Content content) {
    return content == null || content.getMediaTypes() == null
        ? List.of()
        : content.getMediaTypes().values().stream()
            .map(type -> type.getSchema())
            .filter(Objects::nonNull)
            .toList();
  }

  private static List<Schema> of(Operation operation) {
    List<Schema> found = new ArrayList<>();
    if (operation.getParameters() != null) {
      operation.getParameters().forEach(parameter -> found.add(parameter.getSchema()));
    }
    if (operation.getRequestBody() != null) {
      found.addAll(of(operation.getRequestBody().getContent()));
    }
    operation
        .getResponses()
        .getAPIResponses()
        .values()
        .forEach(response -> found.addAll(of(response.getContent())));
    return found;
  }

  private static List<Schema> children(Schema schema) {
    return Stream.of(
            schema.getProperties() == null ? List.<Schema>of() : schema.getProperties().values(),
            single(schema.getItems()),
            single(schema.getAdditionalPropertiesSchema()),
            Objects.requireNonNullElse(schema.getAnyOf(), List.<Schema>of()))
        .flatMap(Collection::stream)
        .toList();
  }

  private static List<Schema> single(Schema schema) {
    return schema == null ? List.of() : List.of(schema);
  }
}
