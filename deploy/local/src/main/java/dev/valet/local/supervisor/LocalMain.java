package dev.valet.local.supervisor;

import dev.valet.local.host.StartException;
import java.util.Arrays;
import java.util.List;

/**
 * {@code up}: runs a whole Valet on this machine until it is told to stop (SIGTERM, SIGINT). Ends
 * with status 0 after a stop and with 1, after one line on standard error, if it cannot run.
 */
public final class LocalMain {
  private static final int FAILED = 1;

  private LocalMain() {}

  /**
   * @param arguments {@code up [--data DIR] [--app DIR] [--port P] [--agent-port P] [--sandboxes
   *     N]}
   */
  public static void main(String[] arguments) {
    try {
      if (arguments.length == 0 || !arguments[0].equals("up")) {
        throw new StartException("usage: up [options], see ./valet --help");
      }
      List<String> options = Arrays.asList(arguments).subList(1, arguments.length);
      new Up(UpOptions.parse(options), new Progress(System.out, System::nanoTime)).run();
    } catch (StartException e) {
      System.err.println("valet up: " + e.getMessage());
      Runtime.getRuntime().halt(FAILED); // all is stopped; the stop hook has nothing to do
    }
  }
}
