package dev.valet.api.health;

import dev.valet.api.agent.AgentClient;
import dev.valet.api.audit.AuditLog;
import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.loop.Contexts;
import dev.valet.api.platform.loop.Wakeups;
import dev.valet.api.platform.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The real beans from which tests build probers of their own, with a time of their own. */
@ApplicationScoped
class HealthBeans {
  final Vertx vertx;
  final AgentClient agents;
  final Reads reads;
  final Transactions transactions;
  final Contexts contexts;
  final Wakeups wakeups;
  final Outbox outbox;
  final AuditLog audit;
  final ShardStore shards;
  final RegisterStore registers;
  final ResultStore resultStore;
  final FreezeStore freezes;
  final SampleStore samples;
  final VerdictHistoryStore history;
  final VerdictLog log;
  final TargetStore targets;
  final WorkerLinkNews links;
  final AgentFindings findings;
  final HealthConfig config;

  HealthBeans(
      Vertx vertx,
      AgentClient agents,
      Reads reads,
      Transactions transactions,
      Contexts contexts,
      Wakeups wakeups,
      Outbox outbox,
      AuditLog audit,
      ShardStore shards,
      RegisterStore registers,
      ResultStore resultStore,
      FreezeStore freezes,
      SampleStore samples,
      VerdictHistoryStore history,
      VerdictLog log,
      TargetStore targets,
      WorkerLinkNews links,
      AgentFindings findings,
      HealthConfig config) {
    this.vertx = vertx;
    this.agents = agents;
    this.reads = reads;
    this.transactions = transactions;
    this.contexts = contexts;
    this.wakeups = wakeups;
    this.outbox = outbox;
    this.audit = audit;
    this.shards = shards;
    this.registers = registers;
    this.resultStore = resultStore;
    this.freezes = freezes;
    this.samples = samples;
    this.history = history;
    this.log = log;
    this.targets = targets;
    this.links = links;
    this.findings = findings;
    this.config = config;
  }

  /** This object itself; fields are not reached through the container's proxy. */
  HealthBeans self() {
    return this;
  }

  ProbeTargets targets(Clock clock) {
    return new ProbeTargets(targets, log, clock);
  }

  FleetFreeze freeze(Clock clock) {
    return new FleetFreeze(
        freezes, new FreezeNews(freezes, outbox, audit, clock), transactions, clock);
  }

  <T> T await(Supplier<Uni<T>> work) {
    return contexts.fresh(work).await().atMost(Duration.ofSeconds(20));
  }

  <T> T write(Function<Tx, Uni<T>> work) {
    return await(() -> transactions.write(work));
  }

  /** The first column of a query, as text. */
  List<String> texts(String sql, Object... parameters) {
    return await(() -> reads.list(sql, row -> String.valueOf(row.getValue(0)), parameters));
  }

  String text(String sql, Object... parameters) {
    return texts(sql, parameters).getFirst();
  }

  /** An empty fleet that nobody probes. */
  void reset() {
    for (String sql :
        List.of(
            "UPDATE sandbox_health SET probed = false",
            "UPDATE probe_shard SET owner = NULL, until = '-infinity'",
            "DELETE FROM probe_replica",
            "DELETE FROM outbox",
            "DELETE FROM health_verdict_change",
            "UPDATE fleet_freeze SET state = 'idle', repair_braked = false")) {
      write(tx -> tx.update(sql));
    }
  }
}
