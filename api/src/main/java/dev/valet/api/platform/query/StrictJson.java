package dev.valet.api.platform.query;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;

/**
 * Bodies mean what they say: no second value after the first, no field twice, no number in quotes,
 * no text that the database cannot hold.
 */
@Singleton
class StrictJson implements ObjectMapperCustomizer {

  /** After the modules that Quarkus registers: the last word is the one that counts. */
  @Override
  public int priority() {
    return MINIMUM_PRIORITY;
  }

  @Override
  @SuppressWarnings("deprecation") // configuring the one mapper that Quarkus made
  public void customize(ObjectMapper mapper) {
    mapper.enable(
        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
        DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
    mapper.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
    mapper.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
    mapper.getFactory().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());
    refuseNumbersAsText(mapper);
    // An empty text is no id, time or number, and not null either.
    mapper
        .coercionConfigDefaults()
        .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
    mapper.registerModule(
        new SimpleModule("valet-strict")
            .addDeserializer(String.class, new StorableText())
            .addDeserializer(Duration.class, new IsoDuration())
            .addKeyDeserializer(String.class, new StorableKey()));
  }

  private static void refuseNumbersAsText(ObjectMapper mapper) {
    mapper
        .coercionConfigFor(LogicalType.Textual)
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
  }

  private static final class StorableText extends StringDeserializer {
    private static final long serialVersionUID = 1L;

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String text = super.deserialize(parser, context);
      if (text != null && !PlainText.isStorable(text)) {
        return (String)
            context.handleWeirdStringValue(
                String.class, "", "must be text without NUL and half characters");
      }
      return text;
    }
  }

  /** ISO 8601 alone: a number would leave its unit open. */
  private static final class IsoDuration extends StdScalarDeserializer<Duration> {
    private static final long serialVersionUID = 1L;

    IsoDuration() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (!parser.hasToken(JsonToken.VALUE_STRING)) {
        return (Duration) context.handleUnexpectedToken(Duration.class, parser);
      }
      try {
        return Duration.parse(parser.getText());
      } catch (DateTimeParseException e) {
        return (Duration)
            context.handleWeirdStringValue(
                Duration.class, parser.getText(), "must be a duration such as PT5M");
      }
    }
  }

  private static final class StorableKey extends KeyDeserializer {
    @Override
    public Object deserializeKey(String key, DeserializationContext context) throws IOException {
      return PlainText.isStorable(key)
          ? key
          : context.handleWeirdKey(
              String.class, "", "must be text without NUL and half characters");
    }
  }
}
