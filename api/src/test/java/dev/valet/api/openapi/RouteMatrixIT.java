package dev.valet.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.testkit.Contract;
import dev.valet.api.testkit.GoodCalls;
import dev.valet.api.testkit.HttpCall;
import dev.valet.api.testkit.Tables;
import dev.valet.api.testkit.ValetTestResource;
import dev.valet.common.access.BuiltInRole;
import dev.valet.common.access.Permission;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every route of the document with every built-in role, with a caller who has none, and without a
 * token. A new route needs no line here.
 */
@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class RouteMatrixIT {
  /** EC2 is away in these tests; that is for these routes to say, and no fault of theirs. */
  private static final Set<String> ASK_EC2 = Set.of("POST /api/v1/sandboxes/import");

  private final List<String> faults = new ArrayList<>();
  private Contract contract;
  private GoodCalls calls;

  @BeforeEach
  void prepare() {
    contract = Contract.read();
    calls = GoodCalls.prepare(contract);
  }

  @Test
  void everyRouteDeclaresAPermission() {
    List<String> declared =
        Stream.concat(
                Arrays.stream(Permission.values()).map(Permission::wire),
                Stream.of(Access.ANY, Access.PUBLIC))
            .toList();
    assertThat(contract.operations())
        .isNotEmpty()
        .allSatisfy(operation -> assertThat(operation.permission()).isIn(declared));
  }

  @Test
  void callersWithoutThePermissionAreRefusedAndChangeNothing() {
    for (Contract.Operation operation : people()) {
      Map<String, String> before = Tables.contents();
      HttpCall call = calls.of(operation);
      expect(operation, "nobody", call.send(), 401);
      expect(operation, "no role", call.as().send(), 403);
      for (BuiltInRole role : BuiltInRole.values()) {
        if (!holds(role, operation)) {
          expect(operation, role.wire(), call.as(role.wire()).send(), 403);
        }
      }
      if (!Tables.contents().equals(before)) {
        faults.add(operation + " was refused and yet changed something");
      }
    }
    assertThat(String.join("\n", faults)).isEmpty();
  }

  @Test
  void callersWithThePermissionGetADeclaredAnswer() {
    for (Contract.Operation operation : people()) {
      for (BuiltInRole role : BuiltInRole.values()) {
        if (holds(role, operation)) {
          HttpCall.Answer answer = calls.of(operation).as(role.wire()).send();
          declared(operation, role.wire(), answer);
          if (answer.status() == 401 || answer.status() == 403) {
            faults.add(operation + " refused " + role.wire() + ": " + answer);
          }
          if (!operation.isUnsafe() && calls.isReal(operation) && answer.status() != 200) {
            faults.add(operation + " did not show " + role.wire() + " what is there: " + answer);
          }
        }
      }
    }
    assertThat(String.join("\n", faults)).isEmpty();
  }

  @Test
  void publicRoutesTreatAllCallersAlike() {
    for (Contract.Operation operation : contract.operations()) {
      if (operation.permission().equals(Access.PUBLIC)) {
        HttpCall.Answer answer = calls.of(operation).send();
        declared(operation, "nobody", answer);
        expect(operation, "viewer", calls.of(operation).as("viewer").send(), answer.status());
      }
    }
    assertThat(String.join("\n", faults)).isEmpty();
  }

  private List<Contract.Operation> people() {
    return contract.operations().stream()
        .filter(operation -> !operation.permission().equals(Access.PUBLIC))
        .toList();
  }

  private static boolean holds(BuiltInRole role, Contract.Operation operation) {
    return operation.permission().equals(Access.ANY)
        || role.permissions().stream()
            .anyMatch(permission -> permission.wire().equals(operation.permission()));
  }

  private void expect(
      Contract.Operation operation, String caller, HttpCall.Answer answer, int status) {
    declared(operation, caller, answer);
    if (answer.status() != status) {
      faults.add("%s as %s: expected %d, got %s".formatted(operation, caller, status, answer));
    }
  }

  private void declared(Contract.Operation operation, String caller, HttpCall.Answer answer) {
    boolean fault =
        answer.status() >= 500
            && !(answer.status() == 503 && ASK_EC2.contains(operation.toString()));
    if (fault || !contract.declares(operation, answer)) {
      faults.add("%s as %s: not a declared answer: %s".formatted(operation, caller, answer));
    }
  }
}
