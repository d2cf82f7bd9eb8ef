package dev.valet.local.ec2.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.123456789Z");

  @TempDir Path folder;
  Path file;

  @BeforeEach
  void begin() {
    file = folder.resolve("journal.jsonl");
  }

  private static Change launched(int number) {
    Launch launch =
        new Launch(
            number,
            "i-" + number,
            "r-1",
            0,
            "ami-1",
            "t3.large",
            Catalogue.SUBNET_A,
            "127.1.2." + (number + 1),
            true,
            "eni-1",
            List.of("sg-1"),
            "token",
            "stop",
            new MetadataOptions("required", "enabled", 2),
            null,
            null,
            false,
            true,
            "dXNlcg==",
            NOW);
    Volume root = new Volume("vol-" + number, "/dev/xvda", 8, "gp3", true, true, Map.of("k", "v"));
    Status status = Status.launched(NOW, "203.0.113.1");
    return new Change.Launched(
        new Instance(launch, status, List.of(root), Map.of("naïve \"key\"", "line\nbreak")));
  }

  private static List<Change> everyKind() {
    return List.of(
        launched(1),
        new Change.Moved("i-1", Status.launched(NOW, null).ending(InstanceState.STOPPING, NOW)),
        new Change.Tagged("i-1", "vol-1", Map.of("a", "b")),
        new Change.TokenUsed(new TokenUse("zone", "token", "print", List.of("i-1"), null)),
        new Change.Forgotten("i-1", NOW));
  }

  private List<Change> replayed() throws IOException {
    try (Journal journal = Journal.open(file)) {
      return journal.replay();
    }
  }

  private void append(List<Change> changes) throws IOException {
    try (Journal journal = Journal.open(file)) {
      journal.append(changes);
    }
  }

  @Test
  void everyKindOfChangeComesBackAsItWas() throws IOException {
    append(everyKind());

    assertThat(replayed()).isEqualTo(everyKind());
  }

  @Test
  void aTornLastLineIsDroppedAsAWholeWhereverItIsTorn() throws IOException {
    append(List.of(launched(1)));
    long kept = Files.size(file);
    append(List.of(launched(2), launched(3)));
    byte[] whole = Files.readAllBytes(file);

    List<Integer> seen = new ArrayList<>();
    for (int length = (int) kept; length < whole.length; length += 3) {
      Files.write(file, Arrays.copyOf(whole, length));
      seen.add(replayed().size());
    }

    assertThat(seen).isNotEmpty().containsOnly(1);
  }

  @Test
  void aLastLineOfGarbageIsDropped() throws IOException {
    append(List.of(launched(1)));
    Files.write(file, new byte[] {0, 0, 0, '\n'}, StandardOpenOption.APPEND);

    assertThat(replayed()).containsExactly(launched(1));
  }

  @Test
  void aWholeLastLineThatIsNotUnderstoodIsNotPassedOver() throws IOException {
    append(List.of(launched(1)));
    Files.writeString(file, "{\"changes\":[{\"change\":\"new\"}]}\n", StandardOpenOption.APPEND);

    assertThatThrownBy(this::replayed)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Line 2");
  }

  @Test
  void damageInTheMiddleIsNotPassedOver() throws IOException {
    append(List.of(launched(1)));
    Files.writeString(file, "{\"chan\n", StandardOpenOption.APPEND);
    append(List.of(launched(2)));

    assertThatThrownBy(this::replayed)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Line 2")
        .hasMessageContaining("Restore the file");
  }

  @Test
  void compactionReplacesEverythingAndAppendingGoesOnBehindIt() throws IOException {
    append(List.of(launched(1)));
    append(List.of(launched(2)));
    try (Journal journal = Journal.open(file)) {
      journal.compact(List.of(launched(2)));
      journal.append(List.of(launched(3)));
    }

    assertThat(replayed()).containsExactly(launched(2), launched(3));
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void afterATornLineAppendingStartsOnALineOfItsOwn() throws IOException {
    append(List.of(launched(1)));
    Files.writeString(file, "{\"changes\":[{\"cha", StandardOpenOption.APPEND);

    try (Journal journal = Journal.open(file)) {
      journal.compact(journal.replay());
      journal.append(List.of(launched(2)));
    }

    assertThat(replayed()).containsExactly(launched(1), launched(2));
  }

  @Test
  void aDiskThatIsFullIsReportedAndNothingIsWrittenBehindTheGap() throws IOException {
    try (Journal journal = Journal.open(Path.of("/dev/full"))) {
      assertThatThrownBy(() -> journal.append(List.of(launched(1))))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("No space left");
      assertThatThrownBy(() -> journal.append(List.of(launched(1))))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("restart");
    }
  }
}
