package dev.valet.api.platform.db;

import java.util.List;

/**
 * Rows that somebody may see, as a condition in SQL; made by features above the one that queries.
 */
@FunctionalInterface
public interface Condition {
  /**
   * A boolean expression and the values of its parameters, in order.
   *
   * @param text safe to put into a query: it names columns and {@code $n}, never values
   */
  record Sql(String text, List<Object> parameters) {}

  /**
   * The condition.
   *
   * @param alias the table's alias in the query
   * @param firstParameter the number of the first parameter that is free
   */
  Sql where(String alias, int firstParameter);
}
