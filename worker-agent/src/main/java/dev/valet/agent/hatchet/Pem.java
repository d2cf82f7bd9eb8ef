package dev.valet.agent.hatchet;

import io.vertx.core.buffer.Buffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Certificates or a key in PEM: a file, which is read when a connection is prepared, or the text
 * itself. Equal means that the same connection would come of it.
 */
sealed interface Pem {
  /** Where it lies. */
  record InFile(Path path) implements Pem {
    @Override
    public void give(Consumer<String> paths, Consumer<Buffer> values) {
      if (!Files.isReadable(path)) {
        throw new IllegalArgumentException("cannot read the PEM file " + path);
      }
      paths.accept(path.toString());
    }
  }

  /** What it says. */
  record Inline(String text) implements Pem {
    private static final String BEGIN = "-----BEGIN ";

    /**
     * Reads a variable's value. In an environment file, which has no line breaks in a value, they
     * may be written {@code \n}.
     *
     * @param name of the variable
     */
    static Inline of(String name, String value) {
      String text = value.replace("\\n", "\n");
      if (!text.startsWith(BEGIN)) {
        throw new IllegalArgumentException(name + " is not PEM: it begins with " + BEGIN + "...");
      }
      return new Inline(text);
    }

    @Override
    public void give(Consumer<String> paths, Consumer<Buffer> values) {
      values.accept(Buffer.buffer(text));
    }

    /** It may be a key. */
    @Override
    public String toString() {
      return "Inline";
    }
  }

  /** Hands it over to the one that takes its kind. */
  void give(Consumer<String> paths, Consumer<Buffer> values);
}
