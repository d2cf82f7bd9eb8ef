package dev.valet.agent.desktop;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The desktop's folder, mode 0700, with files of mode 0600. Blocking.
 *
 * @param path absolute
 */
record PrivateFolder(Path path) {
  private static final String COOKIE_KIND = "MIT-MAGIC-COOKIE-1";
  private static final int ANY_ADDRESS = 0xFFFF;

  void prepare() throws IOException {
    Files.createDirectories(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
  }

  /** Where the display's cookie lies. */
  Path cookies() {
    return path.resolve("xauthority");
  }

  /**
   * Writes the cookie as X programs read it, for whatever display: the X server chooses its number
   * itself, when it has read the cookie.
   */
  void writeCookie(byte[] cookie) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream entry = new DataOutputStream(bytes);
    entry.writeShort(ANY_ADDRESS);
    entry.writeUTF(""); // address
    entry.writeUTF(""); // display number
    entry.writeUTF(COOKIE_KIND);
    entry.writeShort(cookie.length);
    entry.write(cookie);
    write(cookies(), bytes.toByteArray());
  }

  /** Writes a password into a file that its reader removes. */
  Path writePassword(String password) throws IOException {
    Path file = path.resolve("password");
    write(file, (password + "\n").getBytes(StandardCharsets.US_ASCII));
    return file;
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Files.deleteIfExists(file);
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left);
      }
    }
  }
}
