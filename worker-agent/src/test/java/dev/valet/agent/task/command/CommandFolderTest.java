package dev.valet.agent.task.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.agent.engine.EngineFailure;
import dev.valet.agent.task.TaskCatalogue;
import dev.valet.agent.task.TaskDefinition;
import dev.valet.agent.task.TaskOutcome.Completed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandFolderTest {
  @TempDir Path state;
  private Path tasks;
  private final List<TaskDefinition> builtIn = new ArrayList<>();
  private CommandFolder folder;

  @BeforeEach
  void makeFolder() throws Exception {
    tasks = Files.createDirectories(state.resolve("tasks.d"));
    builtIn.add(builtIn("built-in"));
    folder =
        new CommandFolder(
            tasks,
            state,
            () -> List.copyOf(builtIn),
            name -> {
              throw new EngineFailure(name);
            },
            Map::of);
  }

  private static TaskDefinition builtIn(String name) {
    return new TaskDefinition(name, Duration.ofSeconds(1), 0, 1, a -> new Completed("{}"));
  }

  @Test
  void aBuiltInTaskComesWithTheConfiguration() {
    TaskCatalogue before = folder.read();
    assertThat(folder.read()).isSameAs(before);

    builtIn.add(builtIn("another"));

    assertThat(folder.read().definitions()).containsOnlyKeys("built-in", "another");
  }

  @Test
  void aFileDeclaresATask() throws Exception {
    write(
        "shot.yaml",
        """
        name: shot
        command: [/bin/shot, --full]
        engine: chromium
        slots: 2
        timeout: 90s
        retries: 3
        environment: {MODE: fast, N: 1}
        folder: work
        """);

    TaskDefinition shot = folder.read().find("shot").orElseThrow();
    assertThat(shot.timeout()).isEqualTo(Duration.ofSeconds(90));
    assertThat(shot.retries()).isEqualTo(3);
    assertThat(shot.slots()).isEqualTo(2);
    assertThat(folder.read().refused()).isEmpty();
  }

  @Test
  void aBadFileIsNamedAndTakesNothingWithIt() throws Exception {
    write("good.yaml", "name: good\ncommand: [/bin/true]\n");
    write("bad.yaml", "name: bad\ncommand: [/bin/true]\nretry: 3\n");
    write("broken.yaml", "name: [\n");
    write("twin.yaml", "name: good\ncommand: [/bin/false]\n");

    TaskCatalogue read = folder.read();

    assertThat(read.definitions()).containsOnlyKeys("good", "built-in");
    assertThat(read.refused()).hasSize(3);
    assertThat(read.refused().get(0)).startsWith("bad.yaml: [retry] is unknown (allowed: [command");
    assertThat(read.refused().get(1)).startsWith("broken.yaml: not YAML").doesNotContain("\n");
    assertThat(read.refused().get(2)).isEqualTo("twin.yaml: another file declares good");
  }

  @Test
  void changesAreSeenAndNothingElseIsOne() throws Exception {
    TaskCatalogue before = folder.read();
    assertThat(folder.read()).isSameAs(before);

    write("a.yaml", "name: a\ncommand: [/bin/true]\n");
    TaskCatalogue with = folder.read();
    assertThat(with.definitions()).containsOnlyKeys("a", "built-in");
    assertThat(folder.read()).isSameAs(with);

    Files.delete(tasks.resolve("a.yaml"));
    assertThat(folder.read().definitions()).containsOnlyKeys("built-in");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "command: [/bin/true]|name must be a text",
        "name: 'A b'~command: [x]|name must match",
        "name: a|command must be a list",
        "name: a~command: []|command must be a list",
        "name: a~command: [x]~slots: 0|slots must be a number from 1 to 100",
        "name: a~command: [x]~timeout: 2d|timeout must be like 30s",
        "name: a~command: [x]~timeout: 0s|timeout must be like 30s",
        "name: a~command: [x]~environment: {'A B': 1}|environment: a name must match",
        "- a|not a YAML mapping",
        "!!java.io.File [x]|not YAML",
      })
  void whatIsWrongIsSaidWithWhatIsAllowed(String text, String message) throws Exception {
    write("a.yaml", text.replace('~', '\n'));

    assertThat(folder.read().refused()).hasSize(1);
    assertThat(folder.read().refused().getFirst()).startsWith("a.yaml: " + message);
  }

  private void write(String name, String text) throws Exception {
    Files.writeString(tasks.resolve(name), text);
  }
}
