package dev.valet.api.compute.ec2;

import static dev.valet.api.compute.ComputeError.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.compute.ComputeError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ec2ErrorCodesTest {

  @ParameterizedTest
  @CsvSource({
    "InsufficientInstanceCapacity, 500, NO_CAPACITY",
    "InsufficientHostCapacity, 500, NO_CAPACITY",
    "InsufficientReservedInstanceCapacity, 500, NO_CAPACITY",
    "InsufficientAddressCapacity, 500, NO_CAPACITY",
    "InsufficientVolumeCapacity, 500, NO_CAPACITY",
    "InsufficientCapacityOnHost, 400, NO_CAPACITY",
    "ReservationCapacityExceeded, 400, NO_CAPACITY",
    "UnfulfillableCapacity, 400, NO_CAPACITY",
    "Unsupported, 400, NO_CAPACITY",
    "InsufficientFreeAddressesInSubnet, 400, NO_CAPACITY",
    "SpotMaxPriceTooLow, 400, NO_CAPACITY",
    "MaxSpotInstanceCountExceeded, 400, QUOTA",
    "InstanceLimitExceeded, 400, QUOTA",
    "VcpuLimitExceeded, 400, QUOTA",
    "VolumeLimitExceeded, 400, QUOTA",
    "MaxIOPSLimitExceeded, 400, QUOTA",
    "ResourceCountExceeded, 400, INVALID",
    "RequestLimitExceeded, 503, THROTTLED",
    "EC2ThrottledException, 503, THROTTLED",
    "Throttling, 400, THROTTLED",
    "ThrottlingException, 400, THROTTLED",
    "ThrottledException, 400, THROTTLED",
    "Whatever, 429, THROTTLED",
    "UnauthorizedOperation, 403, UNAUTHORIZED",
    "AuthFailure, 401, UNAUTHORIZED",
    "OptInRequired, 401, UNAUTHORIZED",
    "PendingVerification, 401, UNAUTHORIZED",
    "Blocked, 403, UNAUTHORIZED",
    "OperationNotPermitted, 400, UNAUTHORIZED",
    "RequestExpired, 400, UNAUTHORIZED",
    "InvalidClientTokenId, 403, UNAUTHORIZED",
    "InvalidInstanceID.Malformed, 400, INVALID",
    "InvalidUserData.Malformed, 400, INVALID",
    "UnknownParameter, 400, INVALID",
    "MissingParameter, 400, INVALID",
    "InvalidParameterValue, 400, INVALID",
    "InvalidParameterCombination, 400, INVALID",
    "InvalidBlockDeviceMapping, 400, INVALID",
    "UnsupportedOperation, 400, INVALID",
    "TagLimitExceeded, 400, INVALID",
    "InvalidInstanceID.NotFound, 400, NOT_FOUND",
    "InvalidAMIID.Unavailable, 400, INCORRECT_STATE",
    "InvalidSnapshot.InUse, 400, INCORRECT_STATE",
    "DependencyViolation, 400, INCORRECT_STATE",
    "IncorrectInstanceState, 400, INCORRECT_STATE",
    "IncorrectState, 400, INCORRECT_STATE",
    "VolumeInUse, 400, INCORRECT_STATE",
    "ConcurrentTagAccess, 400, THROTTLED",
    "ConcurrentSnapshotLimitExceeded, 400, THROTTLED",
    "SnapshotCreationPerVolumeRateExceeded, 400, THROTTLED",
    "IdempotentInstanceTerminated, 400, TOKEN_TERMINATED",
    "IdempotentParameterMismatch, 400, TOKEN_MISMATCH",
    "InternalError, 500, UNKNOWN",
    "InternalFailure, 500, UNKNOWN",
    "ServerInternal, 500, UNKNOWN",
    "Unavailable, 503, UNKNOWN",
    "ServiceUnavailable, 503, UNKNOWN",
    "DryRunOperation, 412, UNKNOWN",
    "SomethingNew, 400, UNKNOWN",
    "SomethingNew, 500, UNKNOWN"
  })
  void aCodeMeansWhatTheCallerMustDo(String code, int status, ComputeError error) {
    assertThat(Ec2ErrorCodes.errorOf(Ec2Action.STOP_INSTANCES, code, status)).isEqualTo(error);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"InvalidAMIID.NotFound", "InvalidSubnetID.NotFound", "InvalidGroup.NotFound"})
  void whatALaunchRefersToAndIsMissingMakesTheRequestWrong(String code) {
    assertThat(Ec2ErrorCodes.errorOf(Ec2Action.RUN_INSTANCES, code, 400))
        .isEqualTo(ComputeError.INVALID);
    assertThat(Ec2ErrorCodes.errorOf(Ec2Action.DESCRIBE_IMAGES, code, 400))
        .isEqualTo(ComputeError.INVALID);
  }

  @Test
  void anAnswerWithoutACodeProvesNothing() {
    assertThat(Ec2ErrorCodes.errorOf(Ec2Action.RUN_INSTANCES, null, 400)).isEqualTo(UNKNOWN);
    assertThat(Ec2ErrorCodes.errorOf(Ec2Action.RUN_INSTANCES, null, 503)).isEqualTo(UNKNOWN);
  }
}
