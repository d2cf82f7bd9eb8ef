package dev.valet.local.ec2.action;

import dev.valet.local.ec2.wire.Ec2Refusal;
import dev.valet.local.ec2.wire.QueryParameters;
import java.util.List;
import java.util.regex.Pattern;

/** Instance ids in a call. */
final class InstanceIds {

  private static final Pattern FORM = Pattern.compile("i-([0-9a-f]{8}|[0-9a-f]{17})");
  private static final int MAX = 1000;

  private InstanceIds() {}

  /** The ids in {@code InstanceId.N}, possibly none, all of them well-formed. */
  static List<String> optional(QueryParameters parameters) {
    List<String> ids = parameters.texts("InstanceId");
    if (ids.size() > MAX) {
      throw Ec2Refusal.invalidValue("At most " + MAX + " instance ids are allowed in one call.");
    }
    for (String id : ids) {
      if (!FORM.matcher(id).matches()) {
        throw Ec2Refusal.badRequest("InvalidInstanceID.Malformed", "Invalid id: \"" + id + "\"");
      }
    }
    return ids;
  }

  /** As above, at least one. */
  static List<String> required(QueryParameters parameters) {
    List<String> ids = optional(parameters);
    if (ids.isEmpty()) {
      throw Ec2Refusal.missing("InstanceId");
    }
    return ids;
  }
}
