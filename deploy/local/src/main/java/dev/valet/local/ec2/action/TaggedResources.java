package dev.valet.local.ec2.action;

import dev.valet.local.ec2.wire.Ec2Refusal;
import dev.valet.local.ec2.wire.QueryParameters;
import java.util.List;
import java.util.regex.Pattern;

/** Ids of instances and volumes whose tags are to change. */
final class TaggedResources {

  private static final Pattern TAGGABLE = Pattern.compile("(i|vol)-([0-9a-f]{8}|[0-9a-f]{17})");
  private static final int MAX = 1000;

  private TaggedResources() {}

  /** The ids in {@code ResourceId.N}, at least one, all of them well-formed. */
  static List<String> read(QueryParameters parameters) {
    List<String> resources = parameters.texts("ResourceId");
    if (resources.isEmpty()) {
      throw Ec2Refusal.missing("ResourceIdSet");
    }
    if (resources.size() > MAX) {
      throw Ec2Refusal.invalidValue("At most " + MAX + " resources are allowed in one call.");
    }
    for (String resource : resources) {
      if (!TAGGABLE.matcher(resource).matches()) {
        throw Ec2Refusal.badRequest("InvalidID", "The ID '" + resource + "' is not valid");
      }
    }
    return resources;
  }
}
