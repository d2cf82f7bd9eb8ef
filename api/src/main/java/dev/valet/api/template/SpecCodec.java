package dev.valet.api.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.common.template.TemplateSpec;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;

/** A template's spec as the JSON column that holds it. */
@Singleton
public class SpecCodec {
  private final ObjectMapper json;

  SpecCodec(ObjectMapper json) {
    this.json = json;
  }

  /** Reads a stored spec. */
  public TemplateSpec read(JsonObject spec) {
    try {
      return json.readValue(spec.encode(), TemplateSpec.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored template version cannot be read", e);
    }
  }

  JsonObject write(TemplateSpec spec) {
    try {
      return new JsonObject(json.writeValueAsString(spec));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a template version cannot be written", e);
    }
  }

  JsonNode tree(Object value) {
    return json.valueToTree(value);
  }
}
