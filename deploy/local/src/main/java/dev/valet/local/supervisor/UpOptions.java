package dev.valet.local.supervisor;

import dev.valet.local.host.StartException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * What the command line asks for.
 *
 * @param data the data folder
 * @param app the folder with what was built: {@code api}, {@code worker-agent}, {@code identity},
 *     {@code seed}
 * @param port the API's port, if given; else the one this data folder had, else 8080
 * @param agentPort the agents' port, if given; else the one this data folder had, else 8000
 * @param sandboxes how many demo sandboxes there shall be at least
 * @param hatchet whether sandboxes shall have a task engine, if that is possible here
 */
record UpOptions(
    Path data, Path app, OptionalInt port, OptionalInt agentPort, int sandboxes, boolean hatchet) {
  private static final int MOST_SANDBOXES = 200;
  private static final int LAST_PORT = 65_535;

  static UpOptions parse(List<String> arguments) {
    UpOptions options =
        new UpOptions(
            Path.of(".valet"), Path.of("."), OptionalInt.empty(), OptionalInt.empty(), 0, true);
    for (int i = 0; i < arguments.size(); i += 2) {
      String name = arguments.get(i);
      if (name.equals("--no-hatchet")) {
        options = options.withoutHatchet();
        i--; // it has no value
        continue;
      }
      if (i + 1 == arguments.size()) {
        throw new StartException(
            name + " needs a value, or is no option of up: see ./valet --help");
      }
      options = options.with(name, arguments.get(i + 1));
    }
    return options;
  }

  private UpOptions withoutHatchet() {
    return new UpOptions(data, app, port, agentPort, sandboxes, false);
  }

  private UpOptions with(String name, String value) {
    return switch (name) {
      case "--data" -> new UpOptions(Path.of(value), app, port, agentPort, sandboxes, hatchet);
      case "--app" -> new UpOptions(data, Path.of(value), port, agentPort, sandboxes, hatchet);
      case "--port" -> new UpOptions(data, app, port(name, value), agentPort, sandboxes, hatchet);
      case "--agent-port" -> new UpOptions(data, app, port, port(name, value), sandboxes, hatchet);
      case "--sandboxes" ->
          new UpOptions(
              data, app, port, agentPort, number(name, value, 0, MOST_SANDBOXES), hatchet);
      default -> throw new StartException("unknown option " + name + ": see ./valet --help");
    };
  }

  private static OptionalInt port(String name, String value) {
    return OptionalInt.of(number(name, value, 1, LAST_PORT));
  }

  private static int number(String name, String value, int least, int most) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new StartException(
        name + " must be a number from " + least + " to " + most + ", not \"" + value + "\"");
  }
}
