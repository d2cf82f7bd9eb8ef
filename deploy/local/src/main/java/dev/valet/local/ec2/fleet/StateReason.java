package dev.valet.local.ec2.fleet;

/** Why an instance is in its state, in EC2's words. */
public record StateReason(String code, String message) {

  static final StateReason PENDING = new StateReason("pending", "pending");
  static final StateReason USER_INITIATED =
      new StateReason(
          "Client.UserInitiatedShutdown", "Client.UserInitiatedShutdown: User initiated shutdown");
}
