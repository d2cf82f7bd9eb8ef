package dev.valet.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.testkit.Contract;
import dev.valet.api.testkit.GoodCalls;
import dev.valet.api.testkit.HttpCall;
import dev.valet.api.testkit.Tables;
import dev.valet.api.testkit.TestTokens;
import dev.valet.api.testkit.ValetTestResource;
import dev.valet.common.access.BuiltInRole;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every route of the document that names one object, with every built-in role granted in one
 * environment of one tenant, on an object of there, of another tenant, of another environment, and
 * on none. The objects are real. A new route under these paths needs no line here.
 */
@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class TenancyMatrixIT {
  private static final String NONE = UUID.randomUUID().toString();
  private static final List<String> FOREIGN = List.of("other tenant", "other environment");

  private final List<String> faults = new ArrayList<>();
  private final Map<BuiltInRole, String> people = new EnumMap<>(BuiltInRole.class);

  /** Ids by kind of object (the path of its list), then by where it belongs. */
  private final Map<String, Map<String, String>> objects = new LinkedHashMap<>();

  private Contract contract;
  private GoodCalls calls;
  private String own;

  @BeforeEach
  void prepare() {
    contract = Contract.read();
    calls = GoodCalls.prepare(contract);
    own = AccessCalls.tenant(AccessCalls.unique("own"));
    String other = AccessCalls.tenant(AccessCalls.unique("other"));
    add("own", own, "dev");
    add("other tenant", other, "dev");
    add("other environment", own, "prod");
    objects.put("/api/v1/tenants", new HashMap<>(Map.of("own", own, "other tenant", other)));
    for (BuiltInRole role : BuiltInRole.values()) {
      String person = AccessCalls.unique(role.wire());
      AccessCalls.granted(person, role.wire(), own, "dev");
      people.put(role, person);
    }
  }

  private void add(String where, String tenant, String environment) {
    JsonObject sandbox = sandbox(tenant, environment);
    of("/api/v1/sandboxes").put(where, sandbox.getString("id"));
    of("/api/v1/operations").put(where, sandbox.getString("operationId"));
    of("/api/v1/grants")
        .put(
            where,
            AccessCalls.granted(AccessCalls.unique("holder"), "viewer", tenant, environment));
  }

  private Map<String, String> of(String list) {
    return objects.computeIfAbsent(list, key -> new HashMap<>());
  }

  private JsonObject sandbox(String tenant, String environment) {
    JsonObject request =
        new JsonObject()
            .put("name", AccessCalls.unique("matrix"))
            .put("environment", environment)
            .put("tenantId", tenant)
            .put("templateId", AccessCalls.admin().get("/api/v1/templates").path("items[0].id"));
    HttpCall create =
        new HttpCall(
            "POST",
            "/api/v1/sandboxes",
            "",
            Map.of("Content-Type", "application/json"),
            request.encode());
    HttpCall.Answer answer = create.as("admin").send();
    assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
    return answer.json();
  }

  private HttpCall as(BuiltInRole role, HttpCall call) {
    String token = TestTokens.sign(TestTokens.claims(people.get(role)));
    return call.with("Authorization", "Bearer " + token);
  }

  /** The operations that name one object of a kind, with its list. */
  private Map<Contract.Operation, String> ofObjects() {
    Map<Contract.Operation, String> found = new LinkedHashMap<>();
    for (Contract.Operation operation : contract.operations()) {
      objects.keySet().stream()
          .filter(list -> operation.path().startsWith(list + "/{id}"))
          .forEach(list -> found.put(operation, list));
    }
    return found;
  }

  private static boolean holds(BuiltInRole role, Contract.Operation operation) {
    return operation.permission().equals("any")
        || role.permissions().stream().anyMatch(p -> p.wire().equals(operation.permission()));
  }

  private HttpCall on(Contract.Operation operation, String list, String id) {
    HttpCall call = calls.of(operation);
    return call.withPath(list + "/" + id + operation.path().substring((list + "/{id}").length()));
  }

  @Test
  void foreignObjectIsNotToBeToldFromNoneAndStaysAsItIs() {
    Map<Contract.Operation, String> operations = ofObjects();
    assertThat(operations).hasSizeGreaterThan(15);
    Map<String, String> before = Tables.contents();
    operations.forEach((operation, list) -> {
      for (BuiltInRole role : people.keySet()) {
        int expected = holds(role, operation) ? 404 : 403;
        HttpCall.Answer none = as(role, on(operation, list, NONE)).send();
        expect(operation, role, "none", none, expected);
        for (String where : FOREIGN) {
          String id = objects.get(list).get(where);
          if (id != null) {
            HttpCall.Answer foreign = as(role, on(operation, list, id)).send();
            expect(operation, role, where, foreign, expected);
            expect(
                operation, role, where, words(none, NONE).equals(words(foreign, id)), "its words");
          }
        }
      }
    });
    assertThat(String.join("\n", faults)).isEmpty();
    assertThat(Tables.contents()).isEqualTo(before);
  }

  /** What a problem says, whichever object it was. */
  private static String words(HttpCall.Answer answer, String id) {
    JsonObject problem = answer.json();
    problem.remove("traceId");
    return problem.encode().replace(id, "ID");
  }

  @Test
  void ownObjectIsFoundByWhoeverHoldsThePermission() {
    ofObjects()
        .forEach((operation, list) -> {
          for (BuiltInRole role : people.keySet()) {
            HttpCall.Answer answer = as(role, on(operation, list, fresh(operation, list))).send();
            boolean refused = List.of(401, 403, 404).contains(answer.status());
            expect(operation, role, "own", refused != holds(role, operation), "" + answer);
          }
        });
    assertThat(String.join("\n", faults)).isEmpty();
  }

  /** What a call may change or end is made for it alone. */
  private String fresh(Contract.Operation operation, String list) {
    if (!operation.isUnsafe()) {
      return objects.get(list).get("own");
    }
    return switch (list) {
      case "/api/v1/sandboxes" -> sandbox(own, "dev").getString("id");
      case "/api/v1/operations" -> sandbox(own, "dev").getString("operationId");
      case "/api/v1/grants" ->
          AccessCalls.granted(AccessCalls.unique("holder"), "viewer", own, "dev");
      default -> objects.get(list).get("own");
    };
  }

  @Test
  void listsShowWhatIsOwnAndNothingElse() {
    List<String> lists =
        Stream.of("sandboxes", "grants", "tenants", "audit").map("/api/v1/"::concat).toList();
    for (Contract.Operation operation : contract.operations()) {
      if (lists.contains(operation.path()) && !operation.isUnsafe()) {
        people.keySet().stream()
            .filter(role -> holds(role, operation))
            .forEach(role -> list(operation, role));
      }
    }
    assertThat(String.join("\n", faults)).isEmpty();
  }

  private void list(Contract.Operation operation, BuiltInRole role) {
    HttpCall.Answer answer = as(role, calls.of(operation).withQuery("limit=200")).send();
    expect(operation, role, "list", answer, 200);
    List<JsonObject> items =
        answer.json().getJsonArray("items").stream().map(JsonObject.class::cast).toList();
    expect(operation, role, "list", !items.isEmpty(), "it is empty");
    for (JsonObject item : items) {
      boolean mine =
          operation.path().endsWith("/tenants")
              ? own.equals(item.getString("id"))
              : own.equals(item.getString("tenantId"))
                  && "dev".equals(item.getString("environment"));
      expect(operation, role, "list", mine, item.encode());
    }
  }

  private void expect(
      Contract.Operation operation,
      BuiltInRole role,
      String where,
      HttpCall.Answer answer,
      int status) {
    expect(operation, role, where, answer.status() == status, status + ", got " + answer);
  }

  private void expect(
      Contract.Operation operation, BuiltInRole role, String where, boolean holds, String what) {
    if (!holds) {
      faults.add("%s as %s on %s: %s".formatted(operation, role.wire(), where, what));
    }
  }
}
