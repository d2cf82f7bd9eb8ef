package dev.valet.agent.hatchet;

/** A call to the engine did not succeed. The message is for people and holds no secret. */
final class RpcFailure extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 200;

  private final RpcCode code;

  RpcFailure(RpcCode code, String message) {
    super(code + ": " + printable(message), null, false, false);
    this.code = code;
  }

  RpcCode code() {
    return code;
  }

  /** Whatever went wrong, as gRPC would call it. */
  static RpcFailure of(Throwable failure) {
    if (failure instanceof RpcFailure known) {
      return known;
    }
    RpcCode code =
        failure instanceof java.util.concurrent.TimeoutException
            ? RpcCode.DEADLINE_EXCEEDED
            : RpcCode.UNAVAILABLE;
    return new RpcFailure(code, failure.getClass().getSimpleName() + " " + failure.getMessage());
  }

  private static String printable(String text) {
    String oneLine = text.replaceAll("[^\\x20-\\x7e]", "?");
    return oneLine.length() > LONGEST ? oneLine.substring(0, LONGEST) : oneLine;
  }
}
