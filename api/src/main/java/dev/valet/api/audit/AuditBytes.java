package dev.valet.api.audit;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.valet.common.WireName;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;

/**
 * The canonical JSON (RFC 8785) of an audit record. The names are spelled out here and do not
 * follow the Java ones: the bytes of old rows must stay what they were, whatever is renamed.
 */
final class AuditBytes {
  /** Beyond this, JSON numbers are no longer exact (RFC 8785, section 3.2.2.3). */
  private static final long EXACT = 1L << 53;

  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private AuditBytes() {}

  /**
   * The bytes to keep.
   *
   * @throws IllegalArgumentException if a tracked value is of a type that audit rows cannot hold
   */
  static byte[] write(AuditRecord entry) {
    try {
      return new JsonCanonicalizer(MAPPER.writeValueAsString(fields(entry))).getEncodedUTF8();
    } catch (IOException e) {
      throw new UncheckedIOException("Plain values are always JSON", e);
    }
  }

  /**
   * The record that was written.
   *
   * @throws UncheckedIOException if the bytes are none: somebody tampered with them
   */
  static AuditRecord read(byte[] bytes) {
    try {
      AuditRecord record = MAPPER.readValue(bytes, AuditRecord.class);
      if (record == null) {
        throw new EOFException("JSON null");
      }
      return record;
    } catch (IOException e) {
      throw new UncheckedIOException("An audit row does not hold an audit record", e);
    }
  }

  private static Map<String, Object> fields(AuditRecord entry) {
    Map<String, Object> fields = new TreeMap<>();
    put(fields, "id", entry.id());
    put(fields, "at", entry.at());
    put(fields, "actor", actor(entry.actor()));
    put(fields, "action", entry.action());
    put(fields, "tenantId", entry.tenantId());
    put(fields, "environment", entry.environment());
    put(fields, "targetType", entry.targetType());
    put(fields, "targetId", entry.targetId());
    put(fields, "sandboxId", entry.sandboxId());
    put(fields, "before", entry.before());
    put(fields, "after", entry.after());
    put(fields, "result", entry.result());
    put(fields, "reason", entry.reason());
    return fields;
  }

  private static Map<String, Object> actor(AuditRecord.Who who) {
    Map<String, Object> fields = new TreeMap<>();
    put(fields, "kind", who.kind());
    put(fields, "issuer", who.issuer());
    put(fields, "subject", who.subject());
    put(fields, "name", who.name());
    put(fields, "clientAddress", who.clientAddress());
    put(fields, "requestId", who.requestId());
    return fields;
  }

  /** Absent, not null, at the top: one way to write a record without a value. */
  private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
    Object plain = plain(value);
    if (plain != null) {
      fields.put(name, plain);
    }
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Boolean flag -> flag;
      case Integer number -> number;
      case Long number -> exact(number);
      case Double number -> finite(number);
      case UUID id -> id.toString();
      case Instant at -> MICROSECONDS.format(at);
      case WireName name -> name.wire();
      case Map<?, ?> map -> plainMap(map);
      case Collection<?> items -> items.stream().map(AuditBytes::plain).toList();
      default ->
          throw new IllegalArgumentException(
              "An audit row cannot hold a " + value.getClass().getName() + ": give it as text");
    };
  }

  private static Map<String, @Nullable Object> plainMap(Map<?, ?> map) {
    Map<String, @Nullable Object> plain = new TreeMap<>();
    map.forEach((key, value) -> plain.put(String.valueOf(key), plain(value)));
    return plain;
  }

  private static Object exact(long number) {
    if (number > EXACT || number < -EXACT) {
      throw new IllegalArgumentException(
          "An audit row cannot hold the number " + number + " exactly: give it as text");
    }
    return number;
  }

  private static Object finite(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("An audit row cannot hold " + number);
    }
    return number;
  }
}
