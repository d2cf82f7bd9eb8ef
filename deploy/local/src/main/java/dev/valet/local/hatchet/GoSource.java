package dev.valet.local.hatchet;

import dev.valet.local.host.StartException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small Go program of the class path; it pins its libraries' versions and all checksums. */
final class GoSource {
  private static final List<String> NAMES = List.of("go.mod", "go.sum", "main.go");

  private final Map<String, byte[]> files;

  private GoSource(Map<String, byte[]> files) {
    this.files = files;
  }

  static GoSource read(String folder) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    NAMES.forEach(name -> files.put(name, resource("/" + folder + "/" + name)));
    return new GoSource(files);
  }

  private static byte[] resource(String path) {
    try (InputStream in = GoSource.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new StartException(path + " is not on the class path; build with ./mvnw package");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new StartException("Cannot read " + path + ": " + e, e);
    }
  }

  /** Differs whenever a program built from it would. */
  String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      files.values().forEach(digest::update);
      return HexFormat.of().formatHex(digest.digest(), 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  void writeInto(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
  }
}
