package dev.valet.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.testkit.Contract;
import dev.valet.api.testkit.GoodCalls;
import dev.valet.api.testkit.HttpCall;
import dev.valet.api.testkit.Tables;
import dev.valet.api.testkit.ValetTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every route of the document with every kind of bad input that its parameters and body allow for:
 * the answer is precise, declared, and nothing has changed. A new route needs no line here.
 */
@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class BadInputIT {
  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

  private final List<String> faults = new ArrayList<>();
  private Contract contract;
  private GoodCalls calls;

  @BeforeEach
  void prepare() {
    contract = Contract.read();
    calls = GoodCalls.prepare(contract);
  }

  @Test
  void badInputIsRefusedPreciselyAndChangesNothing() {
    int sent = 0;
    for (Contract.Operation operation : contract.operations()) {
      Map<String, String> before = Tables.contents();
      HttpCall good = calls.of(operation).as("admin");
      for (BadCalls.Bad bad : BadCalls.of(contract, operation, good, cursorsOfOthers(operation))) {
        judge(operation, bad, bad.call().send());
        sent++;
      }
      if (!Tables.contents().equals(before)) {
        faults.add(operation + " was given bad input and yet changed something");
      }
    }
    assertThat(String.join("\n", faults)).isEmpty();
    assertThat(sent).isGreaterThan(contract.operations().size() * 10);
  }

  @Test
  void otherMethodsAreRefused() {
    Map<String, Set<String>> methods =
        contract.operations().stream()
            .collect(
                Collectors.groupingBy(
                    Contract.Operation::path,
                    Collectors.mapping(Contract.Operation::method, Collectors.toSet())));
    for (Contract.Operation operation : contract.operations()) {
      for (String method : METHODS) {
        if (!methods.get(operation.path()).contains(method)) {
          HttpCall.Answer answer = calls.of(operation).as("admin").withMethod(method).send();
          if (answer.status() != 405 || !answer.isProblem()) {
            faults.add(method + " " + operation.path() + ": " + answer);
          }
        }
      }
    }
    assertThat(String.join("\n", faults)).isEmpty();
  }

  private void judge(Contract.Operation operation, BadCalls.Bad bad, HttpCall.Answer answer) {
    boolean precise =
        bad.statuses().contains(answer.status())
            && answer.isProblem()
            && (bad.field().isEmpty() || names(answer, bad.field()));
    if (!precise || !contract.declares(operation, answer)) {
      faults.add("%s with %s: %s".formatted(operation, bad.fault(), answer));
    }
  }

  /** A field is also named by one inside it; the message must not speak of Java. */
  private static boolean names(HttpCall.Answer answer, String field) {
    return !answer.body().contains("java")
        && BadCalls.fields(answer).stream()
            .anyMatch(named ->
                named.equals(field)
                    || named.startsWith(field + ".")
                    || named.startsWith(field + "["));
  }

  private List<String> cursorsOfOthers(Contract.Operation own) {
    return contract.operations().stream()
        .filter(operation -> !operation.path().equals(own.path()))
        .filter(operation -> !operation.isUnsafe())
        .filter(operation ->
            operation.parameters().stream().anyMatch(one -> one.getString("name").equals("limit")))
        .map(operation -> calls.of(operation).as("admin").withQuery("limit=1").send())
        .map(answer -> answer.json().getString("nextCursor"))
        .filter(Objects::nonNull)
        .limit(2)
        .toList();
  }
}
