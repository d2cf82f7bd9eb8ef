package dev.valet.local.ec2.action;

import dev.valet.local.ec2.fleet.Fleet;
import dev.valet.local.ec2.wire.Ec2Refusal;
import dev.valet.local.ec2.wire.QueryParameters;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Tags instances and their volumes. */
record CreateTags(Fleet fleet) implements Action {

  private static final Pattern TAGGABLE = Pattern.compile("(i|vol)-([0-9a-f]{8}|[0-9a-f]{17})");
  private static final int MAX_RESOURCES = 1000;

  @Override
  public Work prepare(QueryParameters parameters) {
    List<String> resources = parameters.texts("ResourceId");
    if (resources.isEmpty()) {
      throw Ec2Refusal.missing("ResourceIdSet");
    }
    if (resources.size() > MAX_RESOURCES) {
      throw Ec2Refusal.invalidValue("At most 1000 resources can be tagged in one call.");
    }
    for (String resource : resources) {
      if (!TAGGABLE.matcher(resource).matches()) {
        throw Ec2Refusal.badRequest("InvalidID", "The ID '" + resource + "' is not valid");
      }
    }
    Map<String, String> tags = Tags.read(parameters);
    if (tags.isEmpty()) {
      throw Ec2Refusal.missing("Tag");
    }
    return answer -> {
      fleet.tag(resources, tags);
      answer.element("return", true);
    };
  }
}
