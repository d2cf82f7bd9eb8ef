package dev.valet.api.operation;

import dev.valet.api.access.RememberedCaller;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A remembered caller as the column operation.caller. Pure. */
final class CallerCodec {
  private CallerCodec() {}

  static JsonObject write(RememberedCaller caller) {
    return new JsonObject()
        .put("issuer", caller.issuer())
        .put("subject", caller.subject())
        .put("name", caller.name())
        .put("groups", new JsonArray(caller.groups()))
        .put("clientAddress", caller.clientAddress())
        .put("requestId", caller.requestId());
  }

  static RememberedCaller read(JsonObject stored) {
    return new RememberedCaller(
        stored.getString("issuer"),
        stored.getString("subject"),
        stored.getString("name"),
        stored.getJsonArray("groups").stream().map(String.class::cast).toList(),
        stored.getString("clientAddress"),
        stored.getString("requestId"));
  }
}
