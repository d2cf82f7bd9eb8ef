package dev.valet.agent.hatchet;

/** gRPC's status codes. */
enum RpcCode {
  OK,
  CANCELLED,
  UNKNOWN,
  INVALID_ARGUMENT,
  DEADLINE_EXCEEDED,
  NOT_FOUND,
  ALREADY_EXISTS,
  PERMISSION_DENIED,
  RESOURCE_EXHAUSTED,
  FAILED_PRECONDITION,
  ABORTED,
  OUT_OF_RANGE,
  UNIMPLEMENTED,
  INTERNAL,
  UNAVAILABLE,
  DATA_LOSS,
  UNAUTHENTICATED;

  /** Whether the token is what is wrong, as far as the engine can tell. */
  boolean refusesToken() {
    return this == UNAUTHENTICATED || this == PERMISSION_DENIED;
  }
}
