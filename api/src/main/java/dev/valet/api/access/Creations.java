package dev.valet.api.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Does what a creating request asks in one transaction, once per idempotency key. */
@ApplicationScoped
class Creations {
  private final Transactions transactions;
  private final Idempotency idempotency;
  private final ObjectMapper json;

  Creations(Transactions transactions, Idempotency idempotency, ObjectMapper json) {
    this.transactions = transactions;
    this.idempotency = idempotency;
    this.json = json;
  }

  /** What came of it: 201 if it is new, 200 if it was there already. */
  record Created(boolean isNew, String location, Object view) {}

  Uni<Response> once(
      Caller caller,
      String route,
      @Nullable String key,
      Object request,
      Function<Tx, Uni<Created>> work) {
    byte[] hash = idempotency.hash(request);
    return transactions
        .write(tx ->
            idempotency.once(tx, caller, route, key, hash, () -> work.apply(tx).map(this::stored)))
        .map(Creations::answer);
  }

  private StoredResponse stored(Created created) {
    try {
      return new StoredResponse(
          created.isNew() ? 201 : 200, created.location(), json.writeValueAsString(created.view()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A view is always JSON", e);
    }
  }

  private static Response answer(StoredResponse stored) {
    return Response.status(stored.status())
        .header("Location", stored.location())
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(stored.body())
        .build();
  }
}
