package dev.valet.e2e.bench;

import java.util.Arrays;
import java.util.List;

/** {@code ./valet bench [lists|agent|throughput|reconnects]}: measures one part, or all of them. */
public final class Bench {
  private Bench() {}

  /**
   * @param arguments the checkout's folder, with everything built; then the part; then, for
   *     reconnects, how many minutes they go on
   */
  public static void main(String[] arguments) throws Exception {
    String root = arguments[0];
    List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
    if (isWanted("lists", rest)) {
      ListBench.run(root);
    }
    if (isWanted("agent", rest)) {
      AgentBench.agent(root);
    }
    if (isWanted("throughput", rest)) {
      AgentBench.throughput(root);
    }
    if (isWanted("reconnects", rest)) {
      AgentBench.reconnects(root, rest.size() > 1 ? Integer.parseInt(rest.get(1)) : 1);
    }
    System.exit(0); // ends the children at once
  }

  private static boolean isWanted(String part, List<String> rest) {
    return rest.isEmpty() || rest.getFirst().equals(part);
  }
}
