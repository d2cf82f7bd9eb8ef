package dev.valet.agent.task.command;

import dev.valet.agent.desktop.Desktop;
import dev.valet.agent.desktop.Display;
import dev.valet.agent.engine.EngineSource;
import dev.valet.agent.engine.Engines;
import dev.valet.agent.platform.Settings;
import dev.valet.agent.task.CheckTask;
import dev.valet.agent.task.TaskCatalogue;
import dev.valet.agent.task.TaskDefinition;
import dev.valet.agent.task.capture.PageCapture;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The folder {@code tasks.d}: every {@code *.yaml} in it declares a task, besides the built-in
 * ones. A bad file takes nothing else with it. Blocking.
 */
@Singleton
public final class CommandFolder {
  private static final int MAX_FILE_BYTES = 64 * 1024;
  private static final int MAX_FILES = 200;

  private final Path folder;
  private final Path base;
  private final Supplier<List<TaskDefinition>> builtIn;
  private final EngineSource engines;
  private final Supplier<Map<String, String>> surroundings;

  private Map<String, String> lastTexts = Map.of();
  private List<TaskDefinition> lastBuiltIn = List.of();
  private TaskCatalogue last = TaskCatalogue.EMPTY;

  @Inject
  CommandFolder(
      Settings settings, CheckTask check, PageCapture capture, Engines engines, Desktop desktop) {
    this(
        settings.stateDir().resolve("tasks.d"),
        settings.stateDir(),
        () -> Stream.concat(Stream.of(check.definition()), capture.definition().stream()).toList(),
        engines,
        () -> desktop.display().map(Display::environment).orElse(Map.of()));
  }

  /**
   * Another folder.
   *
   * @param base where relative working folders begin
   * @param builtIn tasks that need no file; may change with the configuration
   * @param engines give browsers to the tasks that want one
   * @param surroundings variables for every program, asked when it starts
   */
  public CommandFolder(
      Path folder,
      Path base,
      Supplier<List<TaskDefinition>> builtIn,
      EngineSource engines,
      Supplier<Map<String, String>> surroundings) {
    this.folder = folder;
    this.base = base;
    this.builtIn = builtIn;
    this.engines = engines;
    this.surroundings = surroundings;
  }

  /** What the folder declares now; the same object as before if nothing changed. */
  public synchronized TaskCatalogue read() {
    Map<String, String> texts = texts();
    List<TaskDefinition> always = builtIn.get();
    if (!texts.equals(lastTexts) || !always.equals(lastBuiltIn)) {
      lastTexts = texts;
      lastBuiltIn = always;
      last = catalogue(texts, always);
    }
    return last;
  }

  private Map<String, String> texts() {
    Map<String, String> texts = new HashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> file.getFileName().toString().endsWith(".yaml"))
          .sorted()
          .limit(MAX_FILES)
          .forEach(file -> texts.put(file.getFileName().toString(), text(file)));
    } catch (IOException e) {
      return Map.of(); // no folder, no tasks
    }
    return texts;
  }

  /** What cannot be read is refused like any other text that makes no sense. */
  private static String text(Path file) {
    try {
      return Files.size(file) > MAX_FILE_BYTES
          ? ""
          : Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private TaskCatalogue catalogue(Map<String, String> texts, List<TaskDefinition> always) {
    Map<String, TaskDefinition> definitions = new HashMap<>();
    List<String> refused = new ArrayList<>();
    texts.keySet().stream()
        .sorted()
        .forEach(file -> {
          try {
            CommandSpec spec = CommandSpecReader.read(texts.getOrDefault(file, ""), base);
            if (definitions.putIfAbsent(spec.name(), definition(spec)) != null) {
              refused.add(file + ": another file declares " + spec.name());
            }
          } catch (SpecRefused e) {
            refused.add(file + ": " + e.getMessage());
          }
        });
    always.forEach(definition -> definitions.put(definition.name(), definition));
    return new TaskCatalogue(definitions, refused);
  }

  private TaskDefinition definition(CommandSpec spec) {
    return new TaskDefinition(
        spec.name(),
        spec.timeout(),
        spec.retries(),
        spec.slots(),
        new CommandHandler(spec, engines, surroundings));
  }
}
