package dev.valet.api.compute;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tags of instances and volumes: the names that Valet sets, and what a person may add. Tags are for
 * people and filters; none of them proves that an instance is ours, see {@link Ownership}.
 */
public final class Tags {
  /** Id of the installation. */
  public static final String INSTALLATION = "valet:installation";

  /** Id of the sandbox. */
  public static final String SANDBOX = "valet:sandbox";

  /** Id of the tenant. */
  public static final String TENANT = "valet:tenant";

  /** Environment. */
  public static final String ENVIRONMENT = "valet:environment";

  /** Template and its version. */
  public static final String TEMPLATE = "valet:template";

  /** Id of the launch attempt. */
  public static final String LAUNCH = "valet:launch";

  /** What EC2's console shows as the name; the sandbox's. */
  public static final String NAME = "Name";

  /** All that Valet sets. */
  public static final Set<String> OURS =
      Set.of(INSTALLATION, SANDBOX, TENANT, ENVIRONMENT, TEMPLATE, LAUNCH, NAME);

  /** How many tags a person may add: EC2's 50 less ours. */
  public static final int MAX_USER_TAGS = 50 - OURS.size();

  /** Longest key; EC2's pages say 128 and its model 127. */
  public static final int MAX_KEY = 127;

  /** Longest value. */
  public static final int MAX_VALUE = 256;

  private static final List<String> RESERVED = List.of("aws:", "valet:");
  private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{N} _.:/=+@-]*");
  private static final String CHARACTERS = "letters, digits, spaces and _ . : / = + - @";

  private Tags() {}

  /**
   * A tag that cannot be set.
   *
   * @param key the tag's key as given; empty when it concerns all of them
   * @param message what is wrong and what is allowed
   */
  public record Problem(String key, String message) {}

  /** Everything that is wrong with the tags that a person wants to add; empty when all is well. */
  public static List<Problem> problems(Map<String, String> userTags) {
    List<Problem> problems = new ArrayList<>();
    if (userTags.size() > MAX_USER_TAGS) {
      problems.add(
          new Problem(
              "",
              "at most %d tags are allowed besides Valet's own, not %d"
                  .formatted(MAX_USER_TAGS, userTags.size())));
    }
    userTags.forEach((key, value) -> {
      keyProblem(key).ifPresent(message -> problems.add(new Problem(key, message)));
      valueProblem(value).ifPresent(message -> problems.add(new Problem(key, message)));
    });
    return problems;
  }

  /**
   * Whether the key is AWS' or Valet's own: no person sets it, and no change of theirs meets it.
   */
  static boolean isReserved(String key) {
    return RESERVED.stream().anyMatch(key.toLowerCase(Locale.ROOT)::startsWith);
  }

  /** The tags without Valet's own {@code valet:*}: those that a person sees as theirs, and Name. */
  public static Map<String, String> ofPeople(Map<String, String> tags) {
    return tags.entrySet().stream()
        .filter(tag -> !isReserved(tag.getKey()))
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Optional<String> keyProblem(String key) {
    if (key.isEmpty() || length(key) > MAX_KEY) {
      return Optional.of("the key must have 1 to %d characters".formatted(MAX_KEY));
    }
    if (key.equals(NAME)) {
      return Optional.of("the tag Name is set to the sandbox's name; choose another key");
    }
    if (isReserved(key)) {
      return Optional.of("the key must not start with " + String.join(" or ", RESERVED));
    }
    return ALLOWED.matcher(key).matches()
        ? Optional.empty()
        : Optional.of("the key may contain only " + CHARACTERS);
  }

  private static Optional<String> valueProblem(@Nullable String value) {
    if (value == null) {
      return Optional.of("the value must be a text, which may be empty");
    }
    if (length(value) > MAX_VALUE) {
      return Optional.of("the value must have at most %d characters".formatted(MAX_VALUE));
    }
    return ALLOWED.matcher(value).matches()
        ? Optional.empty()
        : Optional.of("the value may contain only " + CHARACTERS);
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
