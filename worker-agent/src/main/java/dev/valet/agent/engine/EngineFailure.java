package dev.valet.agent.engine;

/** A browser cannot be had; the message is one line for people and names the remedy if known. */
public final class EngineFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** Because of that. */
  public EngineFailure(String message) {
    super(message);
  }
}
