package dev.valet.local.ec2.action;

import dev.valet.local.ec2.fleet.Fleet;
import dev.valet.local.ec2.fleet.UnwantedTags;
import dev.valet.local.ec2.wire.QueryParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes tags off instances and volumes. A tag that is not there is no error; without any tag given,
 * all go.
 */
record DeleteTags(Fleet fleet) implements Action {

  @Override
  public Work prepare(QueryParameters parameters) {
    List<String> resources = TaggedResources.read(parameters);
    UnwantedTags unwanted = read(parameters);
    return answer -> {
      fleet.untag(resources, unwanted);
      answer.element("return", true);
    };
  }

  private static UnwantedTags read(QueryParameters parameters) {
    List<UnwantedTags.Tag> tags = new ArrayList<>();
    for (QueryParameters tag : parameters.groups("Tag")) {
      String key = tag.required("Key");
      Tags.refuseReserved(key);
      tags.add(new UnwantedTags.Tag(key, value(tag)));
    }
    return new UnwantedTags(tags);
  }

  /** Unlike elsewhere, an empty value is not the same as none: it asks for an empty value. */
  private static Optional<String> value(QueryParameters tag) {
    Optional<String> value = tag.text("Value");
    return value.isEmpty() && tag.isGivenEmpty("Value") ? Optional.of("") : value;
  }
}
