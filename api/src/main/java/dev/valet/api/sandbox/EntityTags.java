package dev.valet.api.sandbox;

import dev.valet.api.platform.problem.ProblemException;
import dev.valet.common.problem.ProblemType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A version as a strong entity tag, and back. Pure. */
final class EntityTags {
  private static final Pattern STRONG = Pattern.compile("\"([0-9]{1,18})\"");

  private EntityTags() {}

  static String of(long version) {
    return "\"" + version + "\"";
  }

  /**
   * The version in an {@code If-Match} header.
   *
   * @throws ProblemException precondition-required without one, validation if it is no tag of ours
   */
  static long version(@Nullable String ifMatch) {
    if (ifMatch == null || ifMatch.isBlank()) {
      throw ProblemException.of(
          ProblemType.PRECONDITION_REQUIRED,
          "Send If-Match with the ETag of the sandbox that the change is based on.");
    }
    Matcher matcher = STRONG.matcher(ifMatch.strip());
    if (!matcher.matches()) {
      throw ProblemException.field("If-Match", "must be one ETag of this sandbox, such as \"3\"");
    }
    return Long.parseLong(matcher.group(1));
  }
}
