package dev.valet.api.sandbox.lifecycle;

import dev.valet.api.compute.TagChange;
import dev.valet.common.sandbox.DesiredState;
import java.util.HashMap;
import java.util.Map;

/**
 * What is wanted, as the planner sees it.
 *
 * @param generation moves with every wish
 * @param forced whether running tasks are not to be waited for
 * @param restart generation of the last restart asked for; 0 for none
 * @param version moves with every change, settings included
 * @param tags what a person should see on the instance, its name included
 * @param ownTags Valet's own, for an instance that was not launched with them
 * @param blueprint what the instance shall be made from
 */
record Desired(
    DesiredState state,
    long generation,
    boolean forced,
    long restart,
    long version,
    Map<String, String> tags,
    Map<String, String> ownTags,
    Blueprint blueprint) {

  /** All tags that an instance should have. */
  Map<String, String> tagsOf(SandboxStatus status) {
    if (!status.adopted()) {
      return tags;
    }
    Map<String, String> all = new HashMap<>(tags);
    all.putAll(ownTags);
    return all;
  }

  /** What is missing for that. */
  TagChange tagChange(SandboxStatus status) {
    return TagChange.between(status.tags().applied(), tagsOf(status));
  }
}
