package dev.valet.local.ec2.action;

import dev.valet.local.ec2.wire.Ec2Refusal;
import dev.valet.local.ec2.wire.QueryParameters;
import dev.valet.local.ec2.wire.XmlAnswer;

/** One of EC2's actions. */
@FunctionalInterface
interface Action {

  /**
   * Reads and checks all parameters, and touches nothing.
   *
   * @throws Ec2Refusal when they make no valid call
   */
  Work prepare(QueryParameters parameters);

  /** A valid call, ready to be carried out. */
  @FunctionalInterface
  interface Work {

    /**
     * Carries it out and writes the answer.
     *
     * @throws Ec2Refusal when the fleet does not permit it; then nothing has changed
     */
    void answer(XmlAnswer answer);
  }
}
