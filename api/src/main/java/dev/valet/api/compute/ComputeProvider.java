package dev.valet.api.compute;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The port to EC2. No answer is trusted to be complete, ordered or final; every failure is a {@link
 * ComputeException} whose {@link ComputeError} tells the caller what is proven and what to do next.
 * Results come on the Vert.x context of the subscriber.
 *
 * <p>A launch and an action on many instances end within {@code valet.ec2.timeout}, whatever it
 * takes to find an image or a bad id; listings take that long for each page at most. Actions yield
 * exactly one result for each id given: those that could not be sent in time fail as {@link
 * ComputeError#THROTTLED}, because nothing was done.
 */
public interface ComputeProvider {

  /**
   * Launches one instance (RunInstances, count exactly 1). Idempotent by the request's client
   * token: the same request again yields the same instance, in whatever state it is by then. Never
   * repeated by itself once the outcome is unknown: that is for the caller, who stored the request.
   */
  Uni<Instance> launch(LaunchRequest request);

  /** Starts stopped instances; one entry per id. Never fails as a whole for one bad id. */
  Uni<Map<String, ActionResult>> start(Collection<String> instanceIds);

  /** Stops instances; {@code force} skips the wait for the operating system. */
  Uni<Map<String, ActionResult>> stop(Collection<String> instanceIds, boolean force);

  /** Reboots running instances. */
  Uni<Map<String, ActionResult>> reboot(Collection<String> instanceIds);

  /** Terminates instances for good; their root volumes go with them. */
  Uni<Map<String, ActionResult>> terminate(Collection<String> instanceIds);

  /** Sets tags on instances and volumes; one entry per id. Done twice, it is as if done once. */
  Uni<Map<String, ActionResult>> tag(Collection<String> resourceIds, Map<String, String> tags);

  /** Takes tags off instances and volumes by their keys; one that is not there is no failure. */
  Uni<Map<String, ActionResult>> untag(Collection<String> resourceIds, Collection<String> keys);

  /**
   * All instances tagged with this installation, every page. Fails rather than yield a part; an
   * empty list is still no proof that nothing exists.
   */
  Uni<List<Instance>> listInstallation();

  /**
   * The instances with these ids, by filter, so that an unknown id is merely absent. Absence is no
   * proof either: a new id may take minutes to be seen.
   */
  Uni<List<Instance>> describe(Collection<String> instanceIds);

  /** Instances whose {@code valet:launch} tag names the attempt; complete or failed. */
  Uni<List<Instance>> findByLaunch(String attemptId);
}
