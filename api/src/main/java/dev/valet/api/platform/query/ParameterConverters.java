package dev.valet.api.platform.query;

import dev.valet.common.WireName;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lets resources declare parameters as wire names (enums), instants and UUIDs. */
@Provider
public class ParameterConverters implements ParamConverterProvider {

  @Override
  public <T> @Nullable ParamConverter<T> getConverter(
      Class<T> type, @Nullable Type genericType, Annotation @Nullable [] annotations) {
    boolean ours =
        type == UUID.class
            || type == Instant.class
            || (type.isEnum() && WireName.class.isAssignableFrom(type));
    return ours ? new Converter<>(type) : null;
  }

  private record Converter<T>(Class<T> type) implements ParamConverter<T> {
    @Override
    @SuppressWarnings("NullAway") // null is what JAX-RS calls an absent parameter
    public T fromString(String text) {
      return text == null ? null : type.cast(ParameterTypes.read(type, text));
    }

    @Override
    public String toString(T value) {
      return value instanceof WireName name ? name.wire() : value.toString();
    }
  }
}
