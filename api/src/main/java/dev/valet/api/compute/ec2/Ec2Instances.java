package dev.valet.api.compute.ec2;

import dev.valet.api.compute.Instance;
import dev.valet.common.sandbox.Ec2Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.InstanceState;
import software.amazon.awssdk.services.ec2.model.StateReason;

/** Translates the SDK's instances into the port's. */
final class Ec2Instances {
  /** EC2 uses the high byte of a state's code for itself. */
  private static final int STATE_MASK = 0xFF;

  private Ec2Instances() {}

  static Instance of(software.amazon.awssdk.services.ec2.model.Instance instance) {
    return new Instance(
        instance.instanceId(),
        status(instance.state()),
        instance.instanceTypeAsString(),
        instance.placement() == null ? null : text(instance.placement().availabilityZone()),
        text(instance.privateIpAddress()),
        text(instance.publicIpAddress()),
        instance.launchTime(),
        text(instance.clientToken()),
        tags(instance),
        volumes(instance),
        reason(instance.stateReason()));
  }

  private static Ec2Status status(InstanceState state) {
    return switch (state.code() & STATE_MASK) {
      case 0 -> Ec2Status.PENDING;
      case 16 -> Ec2Status.RUNNING;
      case 32 -> Ec2Status.SHUTTING_DOWN;
      case 48 -> Ec2Status.TERMINATED;
      case 64 -> Ec2Status.STOPPING;
      case 80 -> Ec2Status.STOPPED;
      default -> throw new IllegalArgumentException("unknown instance state " + state);
    };
  }

  private static Map<String, String> tags(
      software.amazon.awssdk.services.ec2.model.Instance instance) {
    Map<String, String> tags = new LinkedHashMap<>();
    instance.tags().forEach(tag -> tags.put(tag.key(), tag.value() == null ? "" : tag.value()));
    return Map.copyOf(tags);
  }

  private static List<String> volumes(software.amazon.awssdk.services.ec2.model.Instance instance) {
    return instance.blockDeviceMappings().stream()
        .filter(device -> device.ebs() != null && text(device.ebs().volumeId()) != null)
        .map(device -> device.ebs().volumeId())
        .toList();
  }

  /** EC2 mostly, but not always, repeats the code at the start of the message. */
  private static @Nullable String reason(@Nullable StateReason reason) {
    if (reason == null || text(reason.code()) == null) {
      return null;
    }
    String message = text(reason.message());
    if (message == null) {
      return reason.code();
    }
    return message.startsWith(reason.code()) ? message : reason.code() + ": " + message;
  }

  private static @Nullable String text(@Nullable String value) {
    return value == null || value.isEmpty() ? null : value;
  }
}
