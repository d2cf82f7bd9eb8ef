package dev.valet.api.platform.query;

import dev.valet.api.platform.problem.ProblemException;
import dev.valet.common.problem.ProblemType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A version as a strong entity tag, and back. Pure. */
public final class EntityTags {
  private static final Pattern STRONG = Pattern.compile("\"([0-9]{1,18})\"");

  private EntityTags() {}

  /** The tag of a version. */
  public static String of(long version) {
    return "\"" + version + "\"";
  }

  /**
   * The version in an {@code If-Match} header.
   *
   * @param what is changed, for people: {@code sandbox}
   * @throws ProblemException precondition-required without one, validation if it is no tag of ours
   */
  public static long version(@Nullable String ifMatch, String what) {
    if (ifMatch == null || ifMatch.isBlank()) {
      throw ProblemException.of(
          ProblemType.PRECONDITION_REQUIRED,
          "Send If-Match with the ETag of the " + what + " that the change is based on.");
    }
    Matcher matcher = STRONG.matcher(ifMatch.strip());
    if (!matcher.matches()) {
      throw ProblemException.field(
          "If-Match", "must be one ETag of this " + what + ", such as \"3\"");
    }
    return Long.parseLong(matcher.group(1));
  }
}
