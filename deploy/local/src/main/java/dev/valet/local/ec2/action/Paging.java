package dev.valet.local.ec2.action;

import dev.valet.local.ec2.wire.Ec2Refusal;
import dev.valet.local.ec2.wire.QueryParameters;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Pages of a list in a fixed order. The token names the last item seen, not a position, so that
 * items which come or go between two pages neither repeat nor hide others.
 *
 * @param after the order number of the last item of the page before; -1 for the first page
 */
record Paging(OptionalInt size, long after, String question) {

  private static final int LEAST = 5;
  private static final Pattern TOKEN = Pattern.compile("([0-9]{1,18}) ([0-9a-f]{1,8})");

  /** One page and, unless it is the last, the token for the next. */
  record Page<T>(List<T> items, @Nullable String nextToken) {}

  /**
   * Reads MaxResults and NextToken.
   *
   * @param most the greatest page
   * @throws Ec2Refusal for a size out of range and a token that is not ours or of another question
   */
  static Paging read(QueryParameters parameters, int most) {
    OptionalInt size = parameters.number("MaxResults");
    if (size.isPresent() && size.getAsInt() < LEAST) {
      throw outOfRange(size.getAsInt(), "greater than " + LEAST);
    }
    if (size.isPresent() && size.getAsInt() > most) {
      throw outOfRange(size.getAsInt(), "less than " + most);
    }
    // Everything but the page itself must stay the same from page to page.
    String question =
        Integer.toHexString(
            parameters
                .canonical(java.util.Set.of("MaxResults", "NextToken", "DryRun", "Version"))
                .hashCode());
    long after = parameters.text("NextToken").map(token -> decode(token, question)).orElse(-1L);
    return new Paging(size, after, question);
  }

  /** Whether the call asks for pages at all. */
  boolean isWanted() {
    return size.isPresent();
  }

  private static Ec2Refusal outOfRange(int value, String expectation) {
    return Ec2Refusal.invalidValue(
        "Value ( %d ) for parameter maxResults is invalid. Expecting a value %s."
            .formatted(value, expectation));
  }

  /** The page that this asks for. */
  <T> Page<T> of(List<T> ordered, ToLongFunction<T> order) {
    List<T> rest = ordered.stream().filter(item -> order.applyAsLong(item) > after).toList();
    if (size.isEmpty() || rest.size() <= size.getAsInt()) {
      return new Page<>(rest, null);
    }
    List<T> items = rest.subList(0, size.getAsInt());
    return new Page<>(items, encode(order.applyAsLong(items.getLast())));
  }

  private String encode(long last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((last + " " + question).getBytes(StandardCharsets.US_ASCII));
  }

  private static long decode(String token, String question) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
      Matcher matcher = TOKEN.matcher(text);
      if (matcher.matches() && matcher.group(2).equals(question)) {
        return Long.parseLong(matcher.group(1));
      }
    } catch (IllegalArgumentException e) {
      // Not base64: as wrong as any other token that is not ours.
    }
    throw Ec2Refusal.badRequest("InvalidNextToken", "The specified NextToken is not valid.");
  }
}
