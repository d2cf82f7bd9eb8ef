package dev.valet.local.ec2.action;

import dev.valet.local.ec2.wire.Ec2Refusal;
import dev.valet.local.ec2.wire.QueryParameters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The filters that an action knows: a name, and how to get the values of an item that it looks at.
 * Filters of one call must all match, of the values of one filter any.
 */
final class Filters<T> {

  private static final int MAX_VALUES = 200;

  private final Map<String, Function<T, Collection<String>>> known;
  private final Map<String, Function<T, Map<String, String>>> byTag;

  private Filters(
      Map<String, Function<T, Collection<String>>> known,
      Map<String, Function<T, Map<String, String>>> byTag) {
    this.known = known;
    this.byTag = byTag;
  }

  static <T> Filters<T> of(Map<String, Function<T, Collection<String>>> known) {
    return new Filters<>(known, Map.of());
  }

  /** With {@code tag:KEY} and {@code tag-key} in addition. */
  Filters<T> withTags(Function<T, Map<String, String>> tags) {
    return new Filters<>(known, Map.of("tag", tags));
  }

  /**
   * The filters of a call as one condition.
   *
   * @throws Ec2Refusal for an unknown name, no value or too many
   */
  Predicate<T> read(QueryParameters parameters) {
    Predicate<T> all = item -> true;
    int values = 0;
    for (QueryParameters filter : parameters.groups("Filter")) {
      String name = filter.required("Name");
      List<String> wanted = filter.texts("Value");
      values += wanted.size();
      if (wanted.isEmpty()) {
        throw Ec2Refusal.invalidValue("The filter '" + name + "' needs at least one value");
      }
      all = all.and(matching(attribute(name), wanted));
    }
    if (values > MAX_VALUES) {
      throw Ec2Refusal.badRequest(
          "FilterLimitExceeded", "The maximum number of filter values, 200, is exceeded.");
    }
    return all;
  }

  private Function<T, Collection<String>> attribute(String name) {
    Function<T, Map<String, String>> tags = byTag.get("tag");
    if (tags != null && name.startsWith("tag:")) {
      return item -> Tags.values(tags.apply(item), name.substring("tag:".length()));
    }
    if (tags != null && name.equals("tag-key")) {
      return item -> tags.apply(item).keySet();
    }
    Function<T, Collection<String>> attribute = known.get(name);
    if (attribute == null) {
      throw Ec2Refusal.invalidValue("The filter '" + name + "' is invalid");
    }
    return attribute;
  }

  private static <T> Predicate<T> matching(
      Function<T, Collection<String>> attribute, List<String> wanted) {
    List<Predicate<String>> any = new ArrayList<>();
    wanted.forEach(value -> any.add(Wildcard.of(value)));
    return item ->
        attribute.apply(item).stream().anyMatch(value -> any.stream().anyMatch(p -> p.test(value)));
  }
}
