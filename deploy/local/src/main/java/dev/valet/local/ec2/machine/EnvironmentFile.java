package dev.valet.local.ec2.machine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of {@code KEY=VALUE} lines. Values may stand in double quotes, where a backslash escapes
 * quotes and backslashes, or in single quotes; lines may be empty or begin with {@code #}.
 *
 * @param values in the order of the file; of two equal keys the last wins
 * @param rejects the numbers of the lines that make no sense, from 1
 */
public record EnvironmentFile(Map<String, String> values, List<Integer> rejects) {

  private static final Pattern LINE =
      Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*?)\\s*");
  private static final Pattern DOUBLE_QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern SINGLE_QUOTED = Pattern.compile("'([^']*)'");
  private static final Pattern ESCAPE = Pattern.compile("\\\\([\"\\\\$`])");

  /** Reads such a file. */
  public static EnvironmentFile parse(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    List<Integer> rejects = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches() && line.indexOf('\0') < 0) {
        values.put(matcher.group(1), unquoted(matcher.group(2)));
      } else if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
        rejects.add(number);
      }
    }
    return new EnvironmentFile(values, rejects);
  }

  private static String unquoted(String raw) {
    Matcher twice = DOUBLE_QUOTED.matcher(raw);
    if (twice.matches()) {
      return ESCAPE
          .matcher(twice.group(1))
          .replaceAll(found -> Matcher.quoteReplacement(found.group(1)));
    }
    Matcher once = SINGLE_QUOTED.matcher(raw);
    return once.matches() ? once.group(1) : raw;
  }
}
