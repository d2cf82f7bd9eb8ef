package dev.valet.api.sandbox;

import dev.valet.api.compute.ComputeConfig;
import dev.valet.api.compute.Instance;
import dev.valet.api.compute.Ownership;
import dev.valet.api.compute.Tags;
import dev.valet.api.platform.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Which instances may be adopted: those that are there and that no other Valet claims. */
@ApplicationScoped
class Adoption {
  private final ComputeConfig compute;
  private final Ownership ownership;

  Adoption(ComputeConfig compute, Ownership ownership) {
    this.compute = compute;
    this.ownership = ownership;
  }

  /**
   * The instance, if it may be adopted as far as EC2 can tell.
   *
   * @param found what EC2 knows by that id
   * @throws ProblemException validation if it knows none; conflict with the reason
   */
  Instance adoptable(String instanceId, List<Instance> found) {
    if (found.isEmpty()) {
      throw ProblemException.field(
          "instanceId",
          "is not the id of an instance in account %s, region %s"
              .formatted(compute.ec2().account(), compute.ec2().region()));
    }
    Instance instance = found.getFirst();
    checkState(instance);
    checkOwner(instance);
    return instance;
  }

  private static void checkState(Instance instance) {
    switch (instance.status()) {
      case RUNNING, STOPPED -> {}
      case PENDING, STOPPING ->
          throw refused(
              instance, "is " + instance.status().wire() + "; wait until it is running or stopped");
      case SHUTTING_DOWN, TERMINATED ->
          throw refused(instance, "is terminated or on the way there");
    }
  }

  private void checkOwner(Instance instance) {
    String installation = instance.tags().get(Tags.INSTALLATION);
    if (installation != null && !installation.equals(compute.installationId().toString())) {
      throw refused(
          instance,
          "belongs to another Valet: its tag %s is %s".formatted(Tags.INSTALLATION, installation));
    }
    if (Ownership.isOfSomeValet(instance.clientToken())
        && ownership.attemptOf(instance.clientToken()).isEmpty()) {
      throw refused(instance, "was launched by another Valet: its client token is not of this one");
    }
  }

  private static ProblemException refused(Instance instance, String why) {
    return ProblemException.conflict("The instance " + instance.instanceId() + " " + why);
  }
}
