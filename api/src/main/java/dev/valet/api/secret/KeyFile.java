package dev.valet.api.secret;

import dev.valet.api.platform.config.FileAccess;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Reads the key file: one key per line, 32 bytes in Base64, newest first; empty lines and lines
 * that start with {@code #} are skipped. To rotate, put a new line on top and keep the old ones.
 * Whatever is wrong stops the start with one line that names the fix and never shows the content.
 */
final class KeyFile {
  private static final String SETTING = "valet.vault.key-file (VALET_VAULT_KEY_FILE)";
  private static final String MAKE_ONE = "(umask 077; head -c 32 /dev/urandom | base64 > %s)";
  private static final int LARGEST = 64 * 1024;

  private KeyFile() {}

  /**
   * Reads the keys.
   *
   * @param file as configured; empty when it is not
   * @param strict whether a file that others may read stops the start
   * @throws ConfigurationException when there is no usable key
   */
  static KeyRing read(Optional<Path> file, boolean strict) {
    Path path =
        file.orElseThrow(() ->
            refused("is not set", "set it to a key file; make one with", Path.of("vault.key")));
    if (!Files.isReadable(path) || !Files.isRegularFile(path)) {
      throw refused("names " + path + ", which is not a readable file", "make one with", path);
    }
    if (strict && FileAccess.openToOthers(path)) {
      throw new ConfigurationException(
          SETTING + " names " + path + ", which others may read: chmod 600 " + path);
    }
    return parse(path, lines(path));
  }

  private static List<String> lines(Path path) {
    try {
      if (Files.size(path) > LARGEST) {
        throw refused(
            "names " + path + ", which is too large for a key file", "make one with", path);
      }
      return Files.readAllLines(path);
    } catch (IOException e) {
      throw refused("names " + path + ", which cannot be read as text", "make one with", path);
    }
  }

  private static KeyRing parse(Path path, List<String> lines) {
    List<MasterKey> keys = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        keys.add(key(path, i + 1, line));
      }
    }
    if (keys.isEmpty()) {
      throw refused("names " + path + ", which holds no key", "make one with", path);
    }
    return new KeyRing(keys);
  }

  private static MasterKey key(Path path, int number, String line) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(line);
    } catch (IllegalArgumentException e) {
      bytes = new byte[0];
    }
    if (bytes.length != MasterKey.BYTES) {
      throw refused(
          "names " + path + ", whose line " + number + " is not a key of 32 bytes in Base64",
          "restore it from your copy, or for a new installation make one with",
          path);
    }
    return new MasterKey(bytes);
  }

  private static ConfigurationException refused(String what, String fix, Path path) {
    return new ConfigurationException(
        SETTING + " " + what + ": " + fix + " " + MAKE_ONE.formatted(path));
  }
}
