package dev.valet.local.ec2.fleet;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which tags DeleteTags takes off a resource.
 *
 * @param tags those named; empty for every tag
 */
public record UnwantedTags(List<Tag> tags) {

  /**
   * A tag that is named.
   *
   * @param value goes only with this value; empty for whatever value
   */
  public record Tag(String key, Optional<String> value) {

    boolean matches(Map<String, String> present) {
      return present.containsKey(key) && value.map(present.get(key)::equals).orElse(true);
    }
  }

  /** Keys of the tags that go, out of those that are there. */
  Set<String> keys(Map<String, String> present) {
    return tags.isEmpty()
        ? present.keySet()
        : tags.stream()
            .filter(tag -> tag.matches(present))
            .map(Tag::key)
            .collect(Collectors.toSet());
  }
}
