package dev.valet.api.compute.ec2;

import dev.valet.api.compute.ComputeError;
import dev.valet.api.compute.ComputeException;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/** Turns what the SDK throws into the port's failures. */
final class Ec2Failures {
  private static final int LONGEST_MESSAGE = 500;

  private Ec2Failures() {}

  static ComputeException of(Ec2Action action, Throwable failure) {
    Throwable cause = unwrapped(failure);
    return switch (cause) {
      case ComputeException known -> known;
      case AwsServiceException answered -> answered(action, answered);
      case ApiCallTimeoutException timeout ->
          unknown(action, "timeout", "no answer in time", timeout);
      case ApiCallAttemptTimeoutException timeout ->
          unknown(action, "timeout", "no answer in time", timeout);
      default ->
          rootOf(cause) instanceof IOException io
              ? unknown(action, "connection", "the connection failed: " + said(io), cause)
              : unknown(action, "client", "the call failed: " + said(cause), cause);
    };
  }

  private static ComputeException answered(Ec2Action action, AwsServiceException answered) {
    AwsErrorDetails details = answered.awsErrorDetails();
    String code = code(details);
    ComputeError error = Ec2ErrorCodes.errorOf(action, code, answered.statusCode());
    String message = details == null ? null : details.errorMessage();
    return new ComputeException(
        error,
        code == null ? "http-" + answered.statusCode() : code,
        readable(message) + " (request " + answered.requestId() + ")",
        answered);
  }

  private static @Nullable String code(@Nullable AwsErrorDetails details) {
    String code = details == null ? null : details.errorCode();
    return code == null || code.isBlank() ? null : code;
  }

  /** EC2 appends pages of encoded text to a refusal; a person is not helped by it. */
  private static String readable(@Nullable String message) {
    if (message == null || message.isBlank()) {
      return "no message";
    }
    return message.length() <= LONGEST_MESSAGE
        ? message
        : message.substring(0, LONGEST_MESSAGE) + "...";
  }

  private static ComputeException unknown(
      Ec2Action action, String code, String what, Throwable cause) {
    return new ComputeException(ComputeError.UNKNOWN, code, action.wire() + ": " + what, cause);
  }

  private static String said(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private static Throwable unwrapped(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; depth < 10 && root.getCause() != null; depth++) {
      root = root.getCause();
    }
    return root;
  }
}
