package dev.valet.agent.task.capture;

/** The input cannot be captured, however often it is tried; the message says why. */
final class CaptureRefused extends Exception {
  private static final long serialVersionUID = 1L;

  CaptureRefused(String message) {
    super(message);
  }
}
