package dev.valet.local.postgres;

import dev.valet.local.host.PrivateFiles;
import dev.valet.local.host.Secrets;
import dev.valet.local.host.StartException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once per user into a folder that all data folders share. Several
 * processes may do it at once: each unpacks beside, and the first rename wins.
 */
final class PostgresBinaries {
  private static final String VERSION = "18.6.0";

  private PostgresBinaries() {}

  /** The folder that holds {@code bin/postgres}; unpacks it if this user has none yet. */
  static Path install(Path cache) {
    String archive = archive(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    Path home = cache.resolve("postgres-" + VERSION + "-" + digest(archive));
    if (!Files.isExecutable(home.resolve("bin/postgres"))) {
      unpackBeside(archive, home);
    }
    return home;
  }

  /** The archive's name on the class path for an operating system and processor. */
  static String archive(String os, String processor) {
    if (!os.equals("Linux")) {
      throw new StartException(
          "The built-in PostgreSQL runs on Linux only, and this is "
              + os
              + ": use a Linux machine");
    }
    return switch (processor) {
      case "amd64", "x86_64" -> "/postgres-linux-x86_64.txz";
      case "aarch64", "arm64" -> "/postgres-linux-arm_64.txz";
      default ->
          throw new StartException(
              "There is no built-in PostgreSQL for a "
                  + processor
                  + " processor: use an amd64 or arm64 machine");
    };
  }

  private static void unpackBeside(String archive, Path home) {
    byte[] suffix = Secrets.random(6);
    Path fresh =
        home.resolveSibling(home.getFileName() + ".new-" + HexFormat.of().formatHex(suffix));
    try {
      Files.createDirectories(fresh); // no secrets in it, so with the ordinary rights
      unpack(archive, fresh);
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      PrivateFiles.deleteTree(fresh);
      if (!Files.isExecutable(home.resolve("bin/postgres"))) {
        throw new StartException("Cannot unpack PostgreSQL into " + home + ": " + e, e);
      }
    }
  }

  private static void unpack(String archive, Path into) throws IOException {
    try (InputStream raw = open(archive);
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(raw, 1 << 16)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        place(tar, entry, into);
      }
    }
  }

  private static void place(TarArchiveInputStream tar, TarArchiveEntry entry, Path into)
      throws IOException {
    Path target = into.resolve(entry.getName()).normalize();
    if (!target.startsWith(into)) {
      throw new IOException("the archive names a file outside: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, target);
      if ((entry.getMode() & 0100) != 0 && !target.toFile().setExecutable(true, false)) {
        throw new IOException("cannot make it executable: " + target);
      }
    }
  }

  private static String digest(String archive) {
    try (InputStream raw = open(archive);
        DigestInputStream in = new DigestInputStream(raw, MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest(), 0, 6);
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new StartException("Cannot read PostgreSQL's archive " + archive + ": " + e, e);
    }
  }

  private static InputStream open(String archive) throws IOException {
    InputStream in = PostgresBinaries.class.getResourceAsStream(archive);
    if (in == null) {
      throw new IOException("not on the class path; build with ./mvnw package");
    }
    return in;
  }
}
