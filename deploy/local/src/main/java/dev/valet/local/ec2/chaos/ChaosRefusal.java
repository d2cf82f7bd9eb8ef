package dev.valet.local.ec2.chaos;

/** A fault that cannot be made, with the HTTP status that says why. */
public final class ChaosRefusal extends RuntimeException {

  private final int httpStatus;

  ChaosRefusal(int httpStatus, String message) {
    super(message);
    this.httpStatus = httpStatus;
  }

  /** 400, 404 or 409. */
  public int httpStatus() {
    return httpStatus;
  }

  /** What is wrong. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
