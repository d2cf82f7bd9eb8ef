package dev.valet.agent.identity;

import dev.valet.agent.platform.Secret;
import dev.valet.agent.platform.Settings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * What an enrolled agent keeps on its volume: {@code credential} and {@code command.pub}, mode 0600
 * in a folder of mode 0700. A file is replaced as a whole and synced, so that a power cut leaves
 * the old or the new one. Blocking.
 */
@Singleton
final class CredentialStore {
  private static final Logger LOG = Logger.getLogger(CredentialStore.class);
  private static final Set<PosixFilePermission> OWNER_FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path folder;
  private final Path credential;
  private final Path commandKey;

  @Inject
  CredentialStore(Settings settings) {
    this.folder = settings.stateDir();
    this.credential = folder.resolve("credential");
    this.commandKey = folder.resolve("command.pub");
  }

  /** The stored credential; empty if there is none, or if the file holds no credential. */
  Optional<Secret> read() throws IOException {
    if (!Files.exists(credential)) {
      return Optional.empty();
    }
    String text = "";
    if (Files.size(credential) <= Secret.MAX_LENGTH + 2) {
      text = Files.readString(credential, StandardCharsets.ISO_8859_1).strip();
    }
    if (!Secret.isWellFormed(text)) {
      LOG.warnf("%s holds no credential (empty or damaged) and is ignored", credential);
      return Optional.empty();
    }
    return Optional.of(new Secret(text));
  }

  /**
   * Makes sure that a credential could be stored. Called before the one-use token is spent, since
   * an answer that cannot be kept would be lost with the next restart.
   */
  void prepare() throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, OWNER_FOLDER);
    Path trial = folder.resolve("credential.trial");
    replace(trial, "can this folder be written?");
    Files.delete(trial);
  }

  void storeCredential(Secret secret) throws IOException {
    replace(credential, secret.reveal());
  }

  void storeCommandKey(String base64) throws IOException {
    replace(commandKey, base64);
  }

  private void replace(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Set<StandardOpenOption> fullyOurs =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(fresh, fullyOurs, OWNER_FILE)) {
      ByteBuffer bytes = StandardCharsets.US_ASCII.encode(text + "\n");
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }
}
