package dev.valet.api.platform.query;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which list a cursor belongs to. A cursor given to a list with another key is refused.
 *
 * @param list name of the list, such as {@code sandboxes}
 * @param sort name of the column that it is sorted by
 * @param descending whether it is sorted downwards
 * @param filters the filters by name; the order of names does not matter
 */
public record ListKey(
    String list, String sort, boolean descending, SortedMap<String, String> filters) {

  /** Copies what it is given. */
  public ListKey {
    filters = Collections.unmodifiableSortedMap(new TreeMap<>(filters));
  }

  /**
   * A key of filters as a resource has them.
   *
   * @param filters values are null or empty collections (no filter), collections, or anything whose
   *     text is the same for the same filter
   */
  public static ListKey of(
      String list,
      String sort,
      boolean descending,
      Map<String, ? extends @Nullable Object> filters) {
    SortedMap<String, String> texts = new TreeMap<>();
    filters.forEach((name, value) -> {
      if (value != null && !(value instanceof Collection<?> many && many.isEmpty())) {
        texts.put(name, text(value));
      }
    });
    return new ListKey(list, sort, descending, texts);
  }

  /** Unmistakable: every part is led by its length, so none can look like two. */
  String canonical() {
    StringBuilder text = new StringBuilder();
    append(text, list);
    append(text, sort);
    append(text, Boolean.toString(descending));
    filters.forEach((name, value) -> {
      append(text, name);
      append(text, value);
    });
    return text.toString();
  }

  private static void append(StringBuilder text, String part) {
    text.append(part.length()).append(':').append(part);
  }

  private static String text(Object value) {
    return value instanceof Collection<?> many
        ? many.stream().map(String::valueOf).sorted().toList().toString()
        : value.toString();
  }
}
