package dev.valet.local.ec2.action;

import dev.valet.local.ec2.fleet.Fleet;
import dev.valet.local.ec2.wire.Ec2Refusal;
import dev.valet.local.ec2.wire.QueryParameters;
import java.util.List;
import java.util.Map;

/** Tags instances and their volumes. */
record CreateTags(Fleet fleet) implements Action {

  @Override
  public Work prepare(QueryParameters parameters) {
    List<String> resources = TaggedResources.read(parameters);
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
