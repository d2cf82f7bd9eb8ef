package dev.valet.api.platform.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a long list.
 *
 * @param items in the list's order; at most as many as were asked for
 * @param nextCursor where the next page starts; null on the last page; such as {@code
 *     q83vEjRWeJAjRWeJq83vEgGX8KBeO3w-ijArH28cLT4}
 * @param <T> what is listed
 */
public record Page<T>(
    List<T> items, @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String nextCursor) {
  /** Items of a page, if the client does not say. */
  public static final int DEFAULT_LIMIT = 50;

  /** Most items of a page. */
  public static final int MAX_LIMIT = 200;

  /** Copies what it is given. */
  public Page {
    items = List.copyOf(items);
  }

  /**
   * A page out of rows that were read with one more than the limit: that one tells that there is a
   * next page, and is not shown.
   *
   * @param rows at most {@code limit + 1}
   * @param cursor the cursor of a row that is the last of its page
   */
  public static <T> Page<T> of(List<T> rows, int limit, Function<T, String> cursor) {
    if (rows.size() <= limit) {
      return new Page<>(rows, null);
    }
    List<T> items = rows.subList(0, limit);
    return new Page<>(items, cursor.apply(items.getLast()));
  }

  /** The same page of something else, such as views of rows. */
  public <V> Page<V> map(Function<T, V> view) {
    return new Page<>(items.stream().map(view).toList(), nextCursor);
  }
}
