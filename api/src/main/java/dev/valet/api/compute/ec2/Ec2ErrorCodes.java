package dev.valet.api.compute.ec2;

import dev.valet.api.compute.ComputeError;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What EC2's error codes prove and ask for. A code that is not here means {@link
 * ComputeError#UNKNOWN}, whatever its HTTP status: assuming that a launch failed would forget an
 * instance, assuming nothing costs a repetition with the same token.
 */
final class Ec2ErrorCodes {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final Map<String, ComputeError> EXACT = exact();

  private Ec2ErrorCodes() {}

  /**
   * The kind of an error.
   *
   * @param action what was asked
   * @param code EC2's code; null when the answer had none
   * @param status HTTP status
   */
  static ComputeError errorOf(Ec2Action action, @Nullable String code, int status) {
    if (status == TOO_MANY_REQUESTS) {
      return ComputeError.THROTTLED;
    }
    if (code == null) {
      return ComputeError.UNKNOWN;
    }
    ComputeError exact = EXACT.get(code);
    return exact != null ? exact : byShape(action, code);
  }

  private static ComputeError byShape(Ec2Action action, String code) {
    if (code.endsWith(".NotFound")) {
      return action.ofLaunch() ? ComputeError.INVALID : ComputeError.NOT_FOUND;
    }
    if (code.startsWith("Throttl")) {
      return ComputeError.THROTTLED;
    }
    if (code.startsWith("Invalid") || code.endsWith(".Malformed")) {
      return ComputeError.INVALID;
    }
    return ComputeError.UNKNOWN;
  }

  private static Map<String, ComputeError> exact() {
    Map<String, ComputeError> codes = new HashMap<>();
    put(
        codes,
        ComputeError.NO_CAPACITY,
        "InsufficientInstanceCapacity",
        "InsufficientHostCapacity",
        "InsufficientReservedInstanceCapacity",
        "InsufficientAddressCapacity",
        "InsufficientVolumeCapacity",
        "InsufficientCapacity",
        "InsufficientCapacityOnHost",
        "InsufficientFreeAddressesInSubnet",
        "ReservationCapacityExceeded",
        "UnfulfillableCapacity",
        "SpotMaxPriceTooLow",
        // The type does not exist in that zone: as good as full, for ever.
        "Unsupported");
    put(
        codes,
        ComputeError.QUOTA,
        "InstanceLimitExceeded",
        "VcpuLimitExceeded",
        "VolumeLimitExceeded",
        "MaxIOPSLimitExceeded",
        "MaxSpotInstanceCountExceeded",
        "NetworkInterfaceLimitExceeded",
        "AddressLimitExceeded",
        "PrivateIpAddressLimitExceeded");
    put(
        codes,
        ComputeError.THROTTLED,
        "RequestLimitExceeded",
        "EC2ThrottledException",
        "RequestThrottled",
        "RequestThrottledException",
        "TooManyRequestsException",
        "ConcurrentTagAccess",
        "ConcurrentSnapshotLimitExceeded",
        "SnapshotCreationPerVolumeRateExceeded");
    put(
        codes,
        ComputeError.UNAUTHORIZED,
        "UnauthorizedOperation",
        "AuthFailure",
        "OptInRequired",
        "PendingVerification",
        "Blocked",
        "OperationNotPermitted",
        "RequestExpired",
        "ExpiredToken",
        "ExpiredTokenException",
        "InvalidClientTokenId",
        "UnrecognizedClientException",
        "SignatureDoesNotMatch",
        "IncompleteSignature",
        "MissingAuthenticationToken",
        "AccessDenied",
        "AccessDeniedException");
    put(
        codes,
        ComputeError.INCORRECT_STATE,
        "IncorrectInstanceState",
        "IncorrectState",
        "InvalidAMIID.Unavailable",
        "InvalidSnapshot.InUse",
        "DependencyViolation",
        "VolumeInUse");
    put(
        codes,
        ComputeError.INVALID,
        "UnknownParameter",
        "MissingParameter",
        "MissingInput",
        "MalformedQueryString",
        "ValidationError",
        "NoSuchVersion",
        "UnsupportedOperation",
        "UnsupportedHibernationConfiguration",
        "VPCIdNotSpecified",
        "TagLimitExceeded",
        "FilterLimitExceeded",
        "ResourceCountExceeded");
    put(codes, ComputeError.TOKEN_TERMINATED, "IdempotentInstanceTerminated");
    put(codes, ComputeError.TOKEN_MISMATCH, "IdempotentParameterMismatch");
    return Map.copyOf(codes);
  }

  private static void put(
      Map<String, ComputeError> codes, ComputeError error, String... codesOfError) {
    for (String code : codesOfError) {
      codes.put(code, error);
    }
  }
}
