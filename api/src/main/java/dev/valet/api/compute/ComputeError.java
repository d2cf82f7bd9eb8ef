package dev.valet.api.compute;

/** Kinds of EC2 errors, by what the caller must do. Drawn from the code, never from the message. */
public enum ComputeError {
  /**
   * No room for this type in this zone now: try the next offering. Proves that nothing launched.
   */
  NO_CAPACITY,

  /** An account limit is reached: trying other offerings does not help soon. */
  QUOTA,

  /**
   * Too many requests, or no time left to send this one: the same again later, with jitter. Nothing
   * was done.
   */
  THROTTLED,

  /**
   * EC2 does not know the id, which is no proof of absence for a new one. Not for launches: an
   * unknown image, subnet or group makes the request {@link #INVALID}.
   */
  NOT_FOUND,

  /** The instance is in a state that forbids the action: read the state again. */
  INCORRECT_STATE,

  /** Credentials or permissions are wrong: a person must act. Nothing was done. */
  UNAUTHORIZED,

  /** The request itself is wrong (image, subnet, parameter): never retried unchanged. */
  INVALID,

  /** The client token's instance was launched and is terminated. */
  TOKEN_TERMINATED,

  /** The client token was used with other parameters: a bug; nothing was launched by this call. */
  TOKEN_MISMATCH,

  /** Timeout, lost connection or server fault: it may have happened. Same request, same token. */
  UNKNOWN;

  /**
   * Whether a call to launch that ended so has certainly launched nothing itself. It says nothing
   * of an earlier call with the same token that ended {@link #UNKNOWN}: EC2 checks credentials and
   * parameters before it looks at the token, so a replay may be refused although the first call
   * launched.
   */
  public boolean provesNothingLaunched() {
    return switch (this) {
      case NO_CAPACITY, QUOTA, UNAUTHORIZED, INVALID -> true;
      case THROTTLED, NOT_FOUND, INCORRECT_STATE, TOKEN_TERMINATED, TOKEN_MISMATCH, UNKNOWN ->
          false;
    };
  }
}
