package dev.valet.agent.task;

/** Carries out one kind of task. One handler serves several attempts at once. */
@FunctionalInterface
public interface TaskHandler {
  /**
   * Carries out one attempt, on a thread of its own. An attempt may be repeated although it
   * succeeded, when its result was lost; what it does outside must bear that.
   *
   * @return how it ended
   * @throws InterruptedException as soon as possible after this thread is interrupted, which is how
   *     an attempt is cancelled; whatever the attempt started is gone by then
   */
  TaskOutcome run(TaskAttempt attempt) throws InterruptedException;
}
