package dev.valet.agent.platform;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How the text of each setting is written, and in words what is allowed. Every parser throws {@link
 * IllegalArgumentException} on anything else.
 */
final class SettingSyntax {
  static final String HTTP_URL = "http://host[:port][/path] or https://host[:port][/path]";
  static final String UUID_TEXT = "a UUID";
  static final String ENGINE_NAMES =
      "at most 16 different names of a-z, 0-9 and -, separated by commas";
  static final String FOLDER = "a path that is a folder or does not exist yet";
  static final String HOST = "an IP address, or auto for the instance's local-ipv4";

  static final String NETWORKS = "at most 64 of address/bits, such as 10.0.0.0/8, comma-separated";
  static final String PORTS = "at most 64 of 1 to 65535, comma-separated";

  private static final int MAX_ITEMS = 64;
  private static final int MAX_QUOTED = 80;
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern ENGINE_NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final Pattern IP_LITERAL =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%\\w+)?");

  private SettingSyntax() {}

  static URI httpUrl(String text) {
    URI url = URI.create(text.replaceFirst("/+$", ""));
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    boolean sound =
        (scheme.equals("http") || scheme.equals("https"))
            && url.getHost() != null
            && url.getPort() != 0
            && url.getPort() <= 65535
            && url.getRawUserInfo() == null
            && url.getRawQuery() == null
            && url.getRawFragment() == null;
    if (!sound) {
      throw new IllegalArgumentException("not a base URL");
    }
    return url;
  }

  static UUID uuid(String text) {
    if (!UUID_FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not a UUID");
    }
    return UUID.fromString(text);
  }

  static int number(String text, int least, int most) {
    if (!DIGITS.matcher(text).matches()) {
      throw new IllegalArgumentException("not a number");
    }
    int number = Integer.parseInt(text);
    if (number < least || number > most) {
      throw new IllegalArgumentException("out of range");
    }
    return number;
  }

  static List<String> engineNames(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    List<String> names = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    boolean sound =
        names.size() <= 16
            && names.stream().allMatch(name -> ENGINE_NAME.matcher(name).matches())
            && new HashSet<>(names).size() == names.size();
    if (!sound) {
      throw new IllegalArgumentException("not a list of engine names");
    }
    return names;
  }

  static boolean onOrOff(String text) {
    return switch (text) {
      case "on" -> true;
      case "off" -> false;
      default -> throw new IllegalArgumentException("neither on nor off");
    };
  }

  static List<Cidr> networks(String text) {
    return text.isEmpty() ? List.of() : items(text).map(Cidr::parse).toList();
  }

  static List<Integer> ports(String text) {
    return items(text).map(port -> number(port, 1, 65_535)).toList();
  }

  private static Stream<String> items(String text) {
    List<String> items = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    if (items.size() > MAX_ITEMS) {
      throw new IllegalArgumentException("too many");
    }
    return items.stream();
  }

  static Path folder(String text) {
    Path folder = Path.of(text).toAbsolutePath().normalize();
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new IllegalArgumentException("not a folder");
    }
    return folder;
  }

  /** Never asks DNS: a name is refused. */
  static BindHost bindHost(String text) {
    if (text.equals("auto")) {
      return new BindHost.Auto();
    }
    if (!IP_LITERAL.matcher(text).matches()) {
      throw new IllegalArgumentException("not an IP address");
    }
    return new BindHost.Literal(InetAddress.ofLiteral(text).getHostAddress());
  }

  /** Keeps a message on one line, whatever the value holds. */
  static String quoted(String text) {
    String oneLine = text.replaceAll("[^\\x20-\\x7e]", "?");
    return '"'
        + (oneLine.length() > MAX_QUOTED ? oneLine.substring(0, MAX_QUOTED) + "..." : oneLine)
        + '"';
  }
}
