package dev.valet.local.ec2.action;

import dev.valet.local.ec2.wire.Ec2Refusal;
import dev.valet.local.ec2.wire.QueryParameters;
import dev.valet.local.ec2.wire.XmlAnswer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Tags in calls and answers, with EC2's limits. */
final class Tags {

  private static final int MAX_TAGS = 50;
  private static final int MAX_KEY = 128;
  private static final int MAX_VALUE = 256;

  private Tags() {}

  /** The tags in {@code Tag.N}. */
  static Map<String, String> read(QueryParameters parameters) {
    Map<String, String> tags = new HashMap<>();
    for (QueryParameters tag : parameters.groups("Tag")) {
      String key = tag.required("Key");
      String value = tag.text("Value").orElse("");
      check(key, value);
      if (tags.put(key, value) != null) {
        throw Ec2Refusal.invalidValue("Duplicate tag key '" + key + "' specified.");
      }
    }
    if (tags.size() > MAX_TAGS) {
      throw Ec2Refusal.badRequest(
          "TagLimitExceeded", "The maximum number of Tags for a resource has been reached.");
    }
    return Map.copyOf(tags);
  }

  private static void check(String key, String value) {
    refuseReserved(key);
    if (key.length() > MAX_KEY) {
      throw Ec2Refusal.invalidValue("Tag key exceeds the maximum length of 128 characters");
    }
    if (value.length() > MAX_VALUE) {
      throw Ec2Refusal.invalidValue("Tag value exceeds the maximum length of 256 characters");
    }
  }

  /** Refuses the keys that only AWS itself sets and deletes. */
  static void refuseReserved(String key) {
    if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
      throw Ec2Refusal.badRequest(
          "InvalidTagKey.Malformed", "Tag keys starting with 'aws:' are reserved for internal use");
    }
  }

  /** A {@code tagSet}, in the order of the keys. */
  static void write(XmlAnswer answer, Map<String, String> tags) {
    answer.list(
        "tagSet",
        new TreeMap<>(tags).entrySet(),
        (item, tag) -> item.element("key", tag.getKey()).element("value", tag.getValue()));
  }

  /** Filters by tag, for a resource whose tags are at hand. */
  static Collection<String> values(Map<String, String> tags, String key) {
    String value = tags.get(key);
    return value == null ? List.of() : List.of(value);
  }
}
