package dev.valet.api;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Rule 4: a table has one writer. Read from the SQL in the sources, since no type says which table
 * a statement writes. Entities are written through their classes; {@code ArchitectureTest} guards
 * those.
 */
class OneWriterPerTableTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/valet/api");

  /** What each feature alone writes. A new table belongs here as soon as something writes it. */
  private static final Map<String, Set<String>> TABLES_OF =
      Map.ofEntries(
          entry("platform", Set.of("outbox", "event", "event_head", "lease")),
          entry("realtime", Set.of("event")),
          entry(
              "audit",
              Set.of("audit", "audit_head", "audit_seal", "audit_unsealed", "audit_checkpoint")),
          entry(
              "access",
              Set.of(
                  "tenant",
                  "role",
                  "access_grant",
                  "first_admin",
                  "browser_session",
                  "idempotency_key")),
          entry("operation", Set.of("operation", "operation_item")),
          entry("compute", Set.of("installation")),
          entry("desktop", Set.of("vnc_ticket")),
          entry("template", Set.of("template_version")),
          entry(
              "agent",
              Set.of(
                  "agent_registration",
                  "agent_bootstrap",
                  "agent_credential",
                  "agent_contact",
                  "command_key")),
          entry(
              "health",
              Set.of(
                  "sandbox_health",
                  "health_verdict_change",
                  "health_sample",
                  "health_sample_hour",
                  "health_hour_due",
                  "probe_shard",
                  "probe_replica",
                  "fleet_freeze")),
          entry(
              "taskengine",
              Set.of("task_engine", "task_engine_queue", "task_engine_worker", "worker_suspicion")),
          entry("sandbox", Set.of("sandbox_status", "launch_attempt")));

  /** The relay adds events, the stream removes those that are too old to be asked for. */
  private static final Set<String> WITH_TWO_OWNERS = Set.of("event");

  /** Where correctness hangs on it, the very classes. Table sandbox is an entity: no SQL at all. */
  private static final Map<String, Set<String>> CLASSES_OF =
      Map.of(
          "sandbox", Set.of(),
          "sandbox_status", Set.of("StatusStore"),
          "sandbox_health", Set.of("TargetStore", "ResultStore", "FindingStore"),
          "launch_attempt", Set.of("AttemptStore"),
          "operation", Set.of("OperationStore", "BulkStore"));

  private static final Pattern WRITE =
      Pattern.compile(
          "\\b(?:INSERT\\s+INTO|(?<!FOR )(?<!KEY )(?<!DO )UPDATE|DELETE\\s+FROM|MERGE\\s+INTO|TRUNCATE|COPY)"
              + "\\s+(?:ONLY\\s+)?(\\w+|\")");

  /** A class and a table that its SQL writes; the table is a quote if the name is put in later. */
  private record Write(String feature, String type, String table) {}

  @Test
  void tableIsWrittenByItsFeatureAlone() throws IOException {
    for (Write write : writes()) {
      assertThat(TABLES_OF.getOrDefault(write.feature(), Set.of()))
          .as(
              "%s writes table %s, which no list in this test gives to feature %s. If the table is"
                  + " new, add it to TABLES_OF; if another feature owns it, ask that feature to write"
                  + " (in the same Tx)",
              write.type(), write.table(), write.feature())
          .contains(write.table());
    }
  }

  @Test
  void noTableHasTwoOwners() {
    Map<String, Set<String>> owners = new TreeMap<>();
    TABLES_OF.forEach((feature, tables) ->
        tables.forEach(
            table -> owners.computeIfAbsent(table, any -> new TreeSet<>()).add(feature)));
    owners.keySet().removeAll(WITH_TWO_OWNERS);
    assertThat(owners).allSatisfy((table, features) -> assertThat(features).hasSize(1));
  }

  @Test
  void stateOfASandboxIsWrittenByTheClassesThatTheArchitectureNames() throws IOException {
    for (Write write : writes()) {
      Set<String> allowed = CLASSES_OF.get(write.table());
      if (allowed != null) {
        assertThat(allowed)
            .as(
                "%s writes table %s. Its writers are told in docs and ADRs, and others rely on there"
                    + " being no more: call one of them instead",
                write.type(), write.table())
            .contains(write.type());
      }
    }
  }

  @Test
  void sqlThatWritesStandsInStoresOnly() throws IOException {
    for (Write write : writes()) {
      assertThat(write.type().endsWith("Store") || write.feature().equals("platform"))
          .as("%s writes table %s, but is no store", write.type(), write.table())
          .isTrue();
    }
  }

  /** Lists without entries would pass everything. */
  @Test
  void everyListedTableIsWritten() throws IOException {
    Set<String> written = new TreeSet<>();
    writes().forEach(write -> written.add(write.table()));
    Set<String> listed = new TreeSet<>();
    TABLES_OF.values().forEach(listed::addAll);
    assertThat(written).containsExactlyInAnyOrderElementsOf(listed);
  }

  private static List<Write> writes() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .flatMap(OneWriterPerTableTest::writes)
          .toList();
    }
  }

  private static Stream<Write> writes(Path file) {
    String feature = SOURCES.relativize(file).getName(0).toString();
    String type = file.getFileName().toString().replace(".java", "");
    return WRITE
        .matcher(code(file))
        .results()
        .map(found -> new Write(feature, type, found.group(1)))
        .distinct();
  }

  /** Without comments, which may speak of anything. */
  private static String code(Path file) {
    try {
      return Files.readString(file).replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)//.*$", "");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
