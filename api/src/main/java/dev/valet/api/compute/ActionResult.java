package dev.valet.api.compute;

/** What became of an action on one instance. */
public sealed interface ActionResult {

  /** EC2 accepted it, or it had no effect because the state was reached already. */
  record Accepted() implements ActionResult {}

  /** EC2 refused it for this instance, or the outcome is unknown: the error says which. */
  record Failed(ComputeException cause) implements ActionResult {}
}
