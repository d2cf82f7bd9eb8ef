package dev.valet.api.compute;

import org.jspecify.annotations.Nullable;

/** A failed call to EC2. */
public final class ComputeException extends RuntimeException {
  private final ComputeError error;
  private final String code;

  /**
   * A failure.
   *
   * @param error what it means to the caller
   * @param code EC2's error code, or a word for what happened below it, such as {@code timeout}
   * @param message EC2's message; shown to people, holds no secret
   */
  public ComputeException(
      ComputeError error, String code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.error = error;
    this.code = code;
  }

  /** What it means to the caller. */
  public ComputeError error() {
    return error;
  }

  /** EC2's error code. */
  public String code() {
    return code;
  }
}
