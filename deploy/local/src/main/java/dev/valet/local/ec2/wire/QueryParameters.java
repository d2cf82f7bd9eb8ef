package dev.valet.local.ec2.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The parameters of one call, or those below one prefix of it: flat names with dots and indexes
 * from 1 ({@code TagSpecification.1.Tag.2.Key}). What was read is remembered, so that a parameter
 * nobody knows is refused instead of silently ignored. A parameter without a value counts as
 * absent: that is how the SDK sends an empty list.
 */
public final class QueryParameters {

  private final SortedMap<String, String> all;
  private final Set<String> empty;
  private final Set<String> read;
  private final String prefix;

  private QueryParameters(
      SortedMap<String, String> all, Set<String> empty, Set<String> read, String prefix) {
    this.all = all;
    this.empty = empty;
    this.read = read;
    this.prefix = prefix;
  }

  /**
   * Reads a form-encoded body.
   *
   * @throws Ec2Refusal MalformedQueryString when it is not one
   */
  public static QueryParameters parse(String body) {
    SortedMap<String, String> parameters = new TreeMap<>();
    Set<String> empty = new HashSet<>();
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (value.isEmpty()) {
        empty.add(name);
      } else if (parameters.put(name, value) != null) {
        throw malformed("The parameter " + name + " is given twice.");
      }
    }
    return new QueryParameters(parameters, empty, new HashSet<>(), "");
  }

  private static String decode(String encoded) {
    String decoded;
    try {
      decoded = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw malformed("The request body is not form-encoded: " + e.getMessage());
    }
    if (!decoded.codePoints().allMatch(XmlAnswer::isXmlCharacter)) {
      throw malformed("The request contains a character that XML cannot carry.");
    }
    return decoded;
  }

  private static Ec2Refusal malformed(String message) {
    return Ec2Refusal.badRequest("MalformedQueryString", message);
  }

  /** Whether a parameter was named without a value, where that differs from not naming it. */
  public boolean isGivenEmpty(String name) {
    return empty.contains(prefix + name);
  }

  /** The value of a parameter, if it is there. */
  public Optional<String> text(String name) {
    String value = all.get(prefix + name);
    read.add(prefix + name);
    return Optional.ofNullable(value);
  }

  /**
   * The value of a parameter that must be there.
   *
   * @throws Ec2Refusal MissingParameter
   */
  public String required(String name) {
    return text(name).orElseThrow(() -> Ec2Refusal.missing(prefix + name));
  }

  /**
   * A number, if it is there.
   *
   * @throws Ec2Refusal InvalidParameterValue when it is no 32-bit integer
   */
  public OptionalInt number(String name) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseInt(text.get()));
    } catch (NumberFormatException e) {
      throw invalid(name, text.get(), "Expecting an integer.");
    }
  }

  /**
   * A truth value, if it is there.
   *
   * @throws Ec2Refusal InvalidParameterValue when it is neither true nor false
   */
  public Optional<Boolean> flag(String name) {
    return text(name)
        .map(text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw invalid(name, text, "Expecting true or false.");
            });
  }

  /**
   * A value out of a few, if it is there.
   *
   * @throws Ec2Refusal InvalidParameterValue for any other
   */
  public Optional<String> oneOf(String name, Set<String> choices) {
    Optional<String> text = text(name);
    if (text.isPresent() && !choices.contains(text.get())) {
      throw invalid(name, text.get(), "Expecting one of " + new TreeSet<>(choices) + ".");
    }
    return text;
  }

  private Ec2Refusal invalid(String name, String value, String expectation) {
    return Ec2Refusal.invalidValue(
        "Value ( %s ) for parameter %s%s is invalid. %s"
            .formatted(value, prefix, name, expectation));
  }

  /** A list of plain values, {@code Name.1}, {@code Name.2}, ..., in the order of the indexes. */
  public List<String> texts(String name) {
    List<String> values = new ArrayList<>();
    for (int index : indexes(name)) {
      text(name + "." + index).ifPresent(values::add);
    }
    return values;
  }

  /** A list of structures, each with its own members, in the order of the indexes. */
  public List<QueryParameters> groups(String name) {
    return indexes(name).stream().map(index -> group(name + "." + index)).toList();
  }

  /** The members of one structure, for example {@code Placement}. */
  public QueryParameters group(String name) {
    return new QueryParameters(all, empty, read, prefix + name + ".");
  }

  private Set<Integer> indexes(String name) {
    String start = prefix + name + ".";
    Set<Integer> indexes = new TreeSet<>();
    for (String key : all.tailMap(start).keySet()) {
      if (!key.startsWith(start)) {
        break;
      }
      index(key.substring(start.length())).ifPresent(indexes::add);
    }
    return indexes;
  }

  private static OptionalInt index(String rest) {
    int dot = rest.indexOf('.');
    String digits = dot < 0 ? rest : rest.substring(0, dot);
    boolean canonical = digits.matches("[1-9][0-9]{0,5}");
    return canonical ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
  }

  /** Whether any parameter of this structure is there. */
  public boolean isPresent() {
    return all.tailMap(prefix).keySet().stream().findFirst().filter(this::isBelow).isPresent();
  }

  private boolean isBelow(String key) {
    return key.startsWith(prefix);
  }

  /**
   * Refuses what nobody has read.
   *
   * @throws Ec2Refusal UnknownParameter naming the first such parameter
   */
  public void refuseUnread() {
    for (String name : all.keySet()) {
      if (!read.contains(name)) {
        throw Ec2Refusal.badRequest(
            "UnknownParameter", "The parameter " + name + " is not recognized.");
      }
    }
  }

  /** All parameters but some, in one canonical text: equal texts mean equal calls. */
  public String canonical(Set<String> without) {
    return all.entrySet().stream()
        .filter(entry -> !without.contains(entry.getKey()))
        .map(entry -> entry.getKey().length() + ":" + entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining("\n"));
  }
}
