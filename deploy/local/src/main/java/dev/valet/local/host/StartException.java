package dev.valet.local.host;

import org.jspecify.annotations.Nullable;

/**
 * Something on this machine keeps a part from starting. The message is one line for the person at
 * the terminal: what is wrong and what to do about it.
 */
public final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one line: what is wrong and how to fix it
   */
  public StartException(String message) {
    this(message, null);
  }

  /**
   * @param message one line: what is wrong and how to fix it
   * @param cause what the machine said, if anything
   */
  public StartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
