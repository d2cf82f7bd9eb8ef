package dev.valet.e2e.bench;

import java.util.Arrays;
import java.util.List;

/** {@code ./valet bench [lists|agent]}: measures one part, or both. */
public final class Bench {
  private static final String LISTS = "lists";
  private static final String AGENT = "agent";

  private Bench() {}

  /**
   * @param arguments the checkout's folder, with everything built; then the part; then, for the
   *     agent, how many minutes the reconnects go on
   */
  public static void main(String[] arguments) throws Exception {
    String root = arguments[0];
    List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
    if (rest.isEmpty() || rest.getFirst().equals(LISTS)) {
      ListBench.run(root);
    }
    if (rest.isEmpty() || rest.getFirst().equals(AGENT)) {
      AgentBench.run(root, rest.size() > 1 ? Integer.parseInt(rest.get(1)) : 1);
    }
    System.exit(0); // ends the children at once
  }
}
