package dev.valet.api.platform.db;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reading rows, and the few conversions that the driver leaves to its caller. */
public final class Rows {
  private Rows() {}

  /** A timestamptz column as an instant; null stays null. */
  public static @Nullable Instant instant(Row row, String column) {
    OffsetDateTime value = row.getOffsetDateTime(column);
    return value == null ? null : value.toInstant();
  }

  /** A timestamptz column that is declared NOT NULL. */
  public static Instant requiredInstant(Row row, String column) {
    return row.getOffsetDateTime(column).toInstant();
  }

  /** An instant as a parameter; null stays null. */
  public static @Nullable OffsetDateTime parameter(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  static <T> List<T> list(RowSet<Row> rows, Function<Row, T> mapper) {
    List<T> mapped = new ArrayList<>(rows.size());
    rows.forEach(row -> mapped.add(mapper.apply(row)));
    return mapped;
  }

  static <T> @Nullable T first(RowSet<Row> rows, Function<Row, T> mapper) {
    var iterator = rows.iterator();
    return iterator.hasNext() ? mapper.apply(iterator.next()) : null;
  }
}
