package dev.valet.local.host;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Settings that are chosen once and kept: a properties file (0600) that remembers the first answer.
 * Not for use by several threads.
 */
public final class PropertyFile {
  private final Path file;
  private final Map<String, String> values = new TreeMap<>();

  private PropertyFile(Path file) {
    this.file = file;
  }

  /**
   * Reads the file; a missing one is empty.
   *
   * @throws StartException if it is there and cannot be read
   */
  public static PropertyFile open(Path file) {
    PropertyFile opened = new PropertyFile(file);
    if (Files.exists(file)) {
      Properties read = new Properties();
      try {
        read.load(new StringReader(Files.readString(file)));
      } catch (IOException | IllegalArgumentException e) {
        throw new StartException("Cannot read " + file + ": " + e.getMessage(), e);
      }
      read.stringPropertyNames().forEach(k -> opened.values.put(k, read.getProperty(k)));
    }
    return opened;
  }

  /** The kept value, or the chosen one, which is kept from now on. */
  public String keep(String key, Supplier<String> choice) {
    String kept = values.get(key);
    if (kept != null && !kept.isBlank()) {
      return kept;
    }
    String chosen = choice.get();
    put(key, chosen);
    return chosen;
  }

  /** Like {@link #keep(String, Supplier)} for a number, such as a port. */
  public int keepInt(String key, Supplier<Integer> choice) {
    String kept = keep(key, () -> Integer.toString(choice.get()));
    try {
      return Integer.parseInt(kept);
    } catch (NumberFormatException e) {
      throw new StartException(key + " in " + file + " is not a number: " + kept, e);
    }
  }

  /** Replaces a value and writes the file. Keys and values are single plain words. */
  public void put(String key, String value) {
    values.put(key, value);
    StringBuilder text = new StringBuilder();
    values.forEach((k, v) -> text.append(k).append('=').append(v).append('\n'));
    PrivateFiles.write(file, text.toString());
  }
}
