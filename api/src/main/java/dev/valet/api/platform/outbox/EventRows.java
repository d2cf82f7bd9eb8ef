package dev.valet.api.platform.outbox;

import dev.valet.api.platform.db.Rows;
import dev.valet.common.event.EventMessage;
import io.vertx.sqlclient.Row;

/** Rows of table event. */
public final class EventRows {
  private EventRows() {}

  /** The event of a row that has all columns of the table but the environment, at least. */
  public static EventMessage message(Row row) {
    return new EventMessage(
        row.getLong("seq"),
        row.getString("type"),
        Rows.requiredInstant(row, "at"),
        row.getUUID("tenant_id"),
        row.getUUID("sandbox_id"),
        row.getJsonObject("data").getMap());
  }
}
