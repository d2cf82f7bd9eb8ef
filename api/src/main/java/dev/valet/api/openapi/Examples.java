package dev.valet.api.openapi;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jspecify.annotations.Nullable;

/**
 * Composes an example of a whole body from those of its fields: what a field's Javadoc gives ("such
 * as ..."), or else a value that its type and range allow.
 */
final class Examples {
  /** No body is nested deeper; a type that contains itself ends here. */
  private static final int DEEPEST = 8;

  private final Components components;

  Examples(Components components) {
    this.components = components;
  }

  /** An example of a schema, as JSON's own Java types. */
  Object of(Schema schema) {
    return of(schema, 0);
  }

  /** The text of an example as a value of the schema's type. */
  static Object parse(Schema schema, String text) {
    if (isA(schema, SchemaType.STRING)) {
      return text;
    }
    Object value = schema.getType() == null ? decoded(text) : Json.decodeValue(text);
    return switch (value) {
      case JsonObject object -> object.getMap();
      case JsonArray array -> array.getList();
      default -> value;
    };
  }

  private static Object decoded(String text) {
    return text.matches("-?\\d+|true|false|[\\[{\"].*") ? Json.decodeValue(text) : text;
  }

  private Object of(Schema schema, int depth) {
    if (schema.getExamples() != null && !schema.getExamples().isEmpty()) {
      return schema.getExamples().getFirst();
    }
    if (schema.getEnumeration() != null) {
      return schema.getEnumeration().getFirst();
    }
    if (schema.getRef() != null) {
      return of(referred(schema.getRef()), depth);
    }
    if (schema.getAnyOf() != null) {
      return of(schema.getAnyOf().getFirst(), depth);
    }
    return ofType(schema, depth);
  }

  private Schema referred(String ref) {
    return Objects.requireNonNull(
        components.getSchemas().get(ref.substring(Schemas.PREFIX.length())), ref);
  }

  private Object ofType(Schema schema, int depth) {
    if (isA(schema, SchemaType.ARRAY)) {
      return depth > DEEPEST ? List.of() : List.of(of(schema.getItems(), depth + 1));
    }
    if (isA(schema, SchemaType.INTEGER) || isA(schema, SchemaType.NUMBER)) {
      return number(schema.getMinimum());
    }
    if (isA(schema, SchemaType.BOOLEAN)) {
      return true;
    }
    return isA(schema, SchemaType.STRING) ? text(schema.getFormat()) : object(schema, depth);
  }

  private Map<String, Object> object(Schema schema, int depth) {
    Map<String, Object> object = new LinkedHashMap<>();
    if (schema.getProperties() != null && depth <= DEEPEST) {
      new ArrayList<>(schema.getProperties().entrySet())
          .forEach(property -> object.put(property.getKey(), of(property.getValue(), depth + 1)));
    }
    return object;
  }

  private static Object number(@Nullable BigDecimal least) {
    return least == null ? 1 : least;
  }

  private static String text(@Nullable String format) {
    return format == null ? "text" : WellKnownTypes.EXAMPLES.getOrDefault(format, "text");
  }

  private static boolean isA(Schema schema, SchemaType type) {
    return schema.getType() != null && schema.getType().contains(type);
  }
}
