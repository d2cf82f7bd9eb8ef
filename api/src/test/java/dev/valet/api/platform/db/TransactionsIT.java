package dev.valet.api.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.platform.loop.Contexts;
import dev.valet.api.testkit.ValetTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** When hints are given. */
@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class TransactionsIT {
  @Inject Transactions transactions;
  @Inject Contexts contexts;

  private final List<String> given = new ArrayList<>();
  private final Runnable hint = () -> given.add("hint");

  private void run(Supplier<Uni<Void>> work) {
    contexts.fresh(work).onFailure().recoverWithNull().await().atMost(Duration.ofSeconds(10));
  }

  private Uni<Void> step(String name) {
    return Uni.createFrom().voidItem().invoke(() -> given.add(name));
  }

  @Test
  void hintIsGivenOnceAndAfterTheOutermostCommit() {
    run(() ->
        transactions.write(outer -> {
          outer.afterCommit(hint);
          return transactions
              .write(inner -> {
                inner.afterCommit(hint);
                return inner.update("SELECT 1").chain(() -> step("inner"));
              })
              .chain(() -> step("outer"));
        }));
    assertThat(given).containsExactly("inner", "outer", "hint");
  }

  @Test
  void whatIsRolledBackGivesNoHintAndSpoilsNoLaterOne() {
    run(() ->
        transactions
            .<Void>write(tx -> {
              tx.afterCommit(() -> given.add("never"));
              return Uni.createFrom().failure(new IllegalStateException("no"));
            })
            .onFailure()
            .recoverWithNull()
            .chain(() ->
                transactions.write(tx -> {
                  tx.afterCommit(hint);
                  return tx.update("SELECT 1").replaceWithVoid();
                })));
    assertThat(given).containsExactly("hint");
  }
}
