package dev.valet.local.ec2.wire;

/** A call that is answered with one of EC2's error codes instead of a result. */
public final class Ec2Refusal extends RuntimeException {

  private final String code;
  private final int httpStatus;

  /** A refusal with EC2's code, the HTTP status that EC2 sends with it and a text for people. */
  public Ec2Refusal(String code, int httpStatus, String message) {
    super(message);
    this.code = code;
    this.httpStatus = httpStatus;
  }

  /** A client error, HTTP 400, which is what most codes come with. */
  public static Ec2Refusal badRequest(String code, String message) {
    return new Ec2Refusal(code, 400, message);
  }

  /** A value that the parameter does not take. */
  public static Ec2Refusal invalidValue(String message) {
    return badRequest("InvalidParameterValue", message);
  }

  /** Parameters that exclude each other. */
  public static Ec2Refusal invalidCombination(String message) {
    return badRequest("InvalidParameterCombination", message);
  }

  /** A parameter that the action cannot do without. */
  public static Ec2Refusal missing(String parameter) {
    return badRequest(
        "MissingParameter", "The request must contain the parameter " + parameter + ".");
  }

  /** A dry run of a call that would have been carried out. */
  public static Ec2Refusal dryRun() {
    return new Ec2Refusal(
        "DryRunOperation", 412, "Request would have succeeded, but DryRun flag is set.");
  }

  /** A caller that could not prove who it is. */
  public static Ec2Refusal authFailure(String message) {
    return new Ec2Refusal("AuthFailure", 401, message);
  }

  /** The service itself is at fault or is not up yet; whether the call took effect is unknown. */
  public static Ec2Refusal serverError(String code, int httpStatus, String message) {
    return new Ec2Refusal(code, httpStatus, message);
  }

  /** EC2's error code, for example {@code InvalidInstanceID.NotFound}. */
  public String code() {
    return code;
  }

  /** The HTTP status of the answer. */
  public int httpStatus() {
    return httpStatus;
  }

  /** The text of the answer; never null, unlike {@link #getMessage()} in general. */
  public String text() {
    String message = getMessage();
    return message == null ? code : message;
  }
}
