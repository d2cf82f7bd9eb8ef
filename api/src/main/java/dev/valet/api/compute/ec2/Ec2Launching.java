package dev.valet.api.compute.ec2;

import dev.valet.api.compute.ComputeError;
import dev.valet.api.compute.ComputeException;
import dev.valet.api.compute.Instance;
import dev.valet.api.compute.LaunchRequest;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;

/**
 * Launches one instance. EC2 wants the root volume by the device name that the image calls it, so
 * that is looked up first; an image never changes it, hence it is remembered.
 */
final class Ec2Launching {
  private static final int MOST_IMAGES = 1_000;

  private final Ec2Calls calls;
  private final Map<String, String> rootDevices = new ConcurrentHashMap<>();

  Ec2Launching(Ec2Calls calls) {
    this.calls = calls;
  }

  Uni<Instance> launch(LaunchRequest request) {
    return Uni.createFrom()
        .item(() -> new TimeBudget(calls.timeout(), System::nanoTime))
        .chain(time ->
            rootDevice(request.imageId(), time).chain(device -> run(request, device, time)));
  }

  private Uni<Instance> run(LaunchRequest request, String rootDevice, TimeBudget time) {
    if (time.isSpent()) {
      return Uni.createFrom().failure(TimeBudget.notSent());
    }
    return calls.call(
        Ec2Action.RUN_INSTANCES,
        time.left(),
        (ec2, options) ->
            ec2.runInstances(
                RunInstances.of(request, rootDevice).overrideConfiguration(options).build()),
        Ec2Launching::single);
  }

  private static Instance single(RunInstancesResponse answer) {
    if (answer.instances().size() != 1) {
      throw new ComputeException(
          ComputeError.UNKNOWN,
          "UnexpectedAnswer",
          "RunInstances answered with %d instances instead of one"
              .formatted(answer.instances().size()),
          null);
    }
    return Ec2Instances.of(answer.instances().getFirst());
  }

  private Uni<String> rootDevice(String imageId, TimeBudget time) {
    String known = rootDevices.get(imageId);
    return known != null
        ? Uni.createFrom().item(known)
        : describe(imageId, time).invoke(device -> remember(imageId, device));
  }

  private Uni<String> describe(String imageId, TimeBudget time) {
    return calls.call(
        Ec2Action.DESCRIBE_IMAGES,
        time.left(),
        (ec2, options) ->
            ec2.describeImages(
                request -> request.imageIds(List.of(imageId)).overrideConfiguration(options)),
        answer -> rootDevice(imageId, answer));
  }

  private static String rootDevice(String imageId, DescribeImagesResponse answer) {
    return answer.images().stream()
        .filter(image -> image.rootDeviceName() != null && !image.rootDeviceName().isEmpty())
        .findFirst()
        .orElseThrow(() ->
            new ComputeException(
                ComputeError.INVALID,
                "InvalidAMIID.NotFound",
                "EC2 knows no image " + imageId + " with a root device",
                null))
        .rootDeviceName();
  }

  private void remember(String imageId, String device) {
    if (rootDevices.size() < MOST_IMAGES) {
      rootDevices.put(imageId, device);
    }
  }
}
