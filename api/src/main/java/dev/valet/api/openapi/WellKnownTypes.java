package dev.valet.api.openapi;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** Ids, times and durations are texts of a format, and not types of their own to clients. */
final class WellKnownTypes {
  /** An example of each format. */
  static final Map<String, String> EXAMPLES =
      Map.of(
          "uuid", "0197f0a0-5e3b-7c3e-8a30-2b1f6f1c2d3e",
          "date-time", "2026-11-24T03:00:00Z",
          "duration", "PT30S");

  private static final Map<String, String> FORMATS =
      Map.of("UUID", "uuid", "Instant", "date-time", "Duration", "duration");

  private WellKnownTypes() {}

  static void inline(OpenAPI document) {
    Schemas.each(document, WellKnownTypes::inline);
    FORMATS.keySet().forEach(document.getComponents()::removeSchema);
  }

  private static void inline(Schema schema) {
    String ref = schema.getRef();
    String format = ref == null ? null : FORMATS.get(ref.substring(ref.lastIndexOf('/') + 1));
    if (format != null) {
      schema.setRef(null);
      schema.setType(List.of(SchemaType.STRING));
      schema.setFormat(format);
    }
  }
}
