package dev.valet.local.ec2.action;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A filter value: {@code *} stands for anything, {@code ?} for one character, a backslash takes the
 * next one literally. Time to match is bounded by the product of the lengths, whatever the value.
 */
final class Wildcard implements Predicate<String> {

  private static final int ANY = -1;
  private static final int ONE = -2;

  private final int[] pattern;

  private Wildcard(int[] pattern) {
    this.pattern = pattern;
  }

  static Wildcard of(String value) {
    List<Integer> pattern = new ArrayList<>();
    int[] points = value.codePoints().toArray();
    for (int i = 0; i < points.length; i++) {
      switch (points[i]) {
        case '*' -> pattern.add(ANY);
        case '?' -> pattern.add(ONE);
        case '\\' -> pattern.add(i + 1 < points.length ? points[++i] : '\\');
        default -> pattern.add(points[i]);
      }
    }
    return new Wildcard(pattern.stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  public boolean test(String text) {
    int[] points = text.codePoints().toArray();
    int at = 0;
    int p = 0;
    int star = -1;
    int starAt = 0;
    while (at < points.length) {
      if (p < pattern.length && pattern[p] == ANY) {
        star = p++;
        starAt = at;
      } else if (p < pattern.length && (pattern[p] == ONE || pattern[p] == points[at])) {
        p++;
        at++;
      } else if (star >= 0) {
        // The last star has to cover one character more.
        p = star + 1;
        at = ++starAt;
      } else {
        return false;
      }
    }
    while (p < pattern.length && pattern[p] == ANY) {
      p++;
    }
    return p == pattern.length;
  }
}
