package dev.valet.api.template;

import dev.valet.api.access.Caller;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.common.template.TemplateView;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;

/**
 * Takes templates out of use and back into it. Of a retired one no new sandbox is made; those that
 * exist go on, may be upgraded, and so it may also get new versions.
 */
@ApplicationScoped
class TemplateRetirement {
  private final Transactions transactions;
  private final TemplateStore store;
  private final TemplateAudit audit;
  private final Clock clock;

  TemplateRetirement(
      Transactions transactions, TemplateStore store, TemplateAudit audit, Clock clock) {
    this.transactions = transactions;
    this.store = store;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Retires or un-retires; changes nothing if it is so already.
   *
   * @throws ProblemException forbidden, not-found
   */
  Uni<TemplateView> set(Caller caller, UUID id, boolean retired) {
    TemplateEditing.everywhere(caller);
    return transactions.write(tx ->
        store
            .lock(tx, id)
            .onItem()
            .ifNull()
            .failWith(() -> ProblemException.notFound("template " + id))
            .call(template -> change(tx, caller, template, retired))
            .map(Template::view));
  }

  private Uni<Void> change(Tx tx, Caller caller, Template template, boolean retired) {
    if ((template.retiredAt != null) == retired) {
      return Uni.createFrom().voidItem();
    }
    template.touch(clock.instant());
    template.retiredAt = retired ? template.updatedAt : null;
    return tx.flush().chain(() -> audit.retired(tx, caller, template));
  }
}
