package dev.valet.api.platform.db;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO lease VALUES ($1)",
        " UPDATE lease SET until = now()",
        "DELETE FROM lease",
        "WITH gone AS (DELETE FROM lease RETURNING name) SELECT * FROM gone",
        "SELECT name FROM lease FOR UPDATE ",
        "TRUNCATE lease",
        "CALL something()"
      })
  void whatWritesOrLocksIsRefusedBeforeItIsSent(String sql) {
    Reads unconnected = new Reads(null);
    assertThatThrownBy(() -> unconnected.list(sql, row -> row))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("outside a transaction");
  }
}
