package dev.valet.local.ec2.machine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What a machine does with its user-data: of a {@code #cloud-config} document the {@code
 * write_files}, and nothing of the rest.
 */
record CloudConfig(List<File> files) {

  private static final String HEADER = "#cloud-config";
  private static final String DEFAULT_PERMISSIONS = "0644";
  private static final Set<String> BASE64 = Set.of("b64", "base64");
  private static final Set<String> PLAIN = Set.of("", "text/plain");

  /**
   * A file to write.
   *
   * @param path absolute, as the machine would see it; not yet checked for escapes
   * @param mode the permission bits
   */
  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  record File(String path, byte[] content, int mode, boolean append) {}

  /** A document that is meant as cloud-config and is none. */
  static final class Malformed extends Exception {
    Malformed(String message) {
      super(message);
    }
  }

  /** Whether user-data claims to be a cloud-config at all; anything else is not for us. */
  static boolean isCloudConfig(String userData) {
    return userData.lines().findFirst().orElse("").stripTrailing().equals(HEADER);
  }

  /**
   * Reads a document.
   *
   * @throws Malformed saying what is wrong with it; then none of it may take effect
   */
  static CloudConfig parse(String userData) throws Malformed {
    Map<?, ?> document = map(load(userData), "The document");
    Object listed = document.get("write_files");
    if (listed == null) {
      return new CloudConfig(List.of());
    }
    if (!(listed instanceof List<?> entries)) {
      throw new Malformed("write_files must be a list");
    }
    List<File> files = new ArrayList<>();
    for (Object entry : entries) {
      files.add(file(map(entry, "Each entry of write_files")));
    }
    return new CloudConfig(files);
  }

  private static @Nullable Object load(String text) throws Malformed {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(20);
    options.setCodePointLimit(64 * 1024);
    options.setNestingDepthLimit(20);
    try {
      return new Yaml(new SafeConstructor(options)).load(text);
    } catch (YAMLException e) {
      throw new Malformed("The document is not YAML: " + e.getMessage());
    }
  }

  private static Map<?, ?> map(@Nullable Object value, String what) throws Malformed {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new Malformed(what + " must be a mapping");
  }

  private static File file(Map<?, ?> entry) throws Malformed {
    String path = text(entry, "path", "");
    if (path.isEmpty()) {
      throw new Malformed("Each entry of write_files needs a path");
    }
    String content = text(entry, "content", "");
    String encoding = text(entry, "encoding", "");
    boolean append = Boolean.TRUE.equals(entry.get("append"));
    return new File(path, decoded(path, content, encoding), mode(path, entry), append);
  }

  private static String text(Map<?, ?> entry, String key, String otherwise) throws Malformed {
    Object value = entry.get(key);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof String text) {
      return text;
    }
    throw new Malformed(key + " must be a text");
  }

  private static byte[] decoded(String path, String content, String encoding) throws Malformed {
    if (PLAIN.contains(encoding)) {
      return content.getBytes(StandardCharsets.UTF_8);
    }
    if (!BASE64.contains(encoding)) {
      throw new Malformed("The encoding '%s' of %s is not supported".formatted(encoding, path));
    }
    try {
      return Base64.getMimeDecoder().decode(content);
    } catch (IllegalArgumentException e) {
      throw new Malformed("The content of " + path + " is not base64");
    }
  }

  /** Permissions are octal digits in a text; written bare, YAML has turned them into a number. */
  private static int mode(String path, Map<?, ?> entry) throws Malformed {
    Object value = entry.get("permissions");
    if (value instanceof Integer number && number >= 0 && number <= 0777) {
      return number;
    }
    String digits = text(entry, "permissions", DEFAULT_PERMISSIONS);
    if (!digits.matches("0?o?[0-7]{3}")) {
      throw new Malformed("The permissions '%s' of %s are not octal".formatted(digits, path));
    }
    return Integer.parseInt(digits.substring(digits.length() - 3), 8);
  }
}
