package dev.valet.api.agent;

import dev.valet.api.agent.CommandKeyStore.KeyPairBytes;
import dev.valet.api.audit.AuditEntry;
import dev.valet.api.audit.AuditLog;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.security.Actor;
import dev.valet.api.secret.Vault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The installation's Ed25519 key pair for commands to agents. Made once, by whichever replica needs
 * it first; the private half is stored sealed.
 */
@ApplicationScoped
class CommandKeys {
  /** The vault's context of the private key. */
  static final String CONTEXT = "command_key/1";

  private static final AuditEntry MADE =
      AuditEntry.of(Actor.system("command-keys"), "agent.command-key").on("command-key", 1);

  private final CommandKeyStore store;
  private final AuditLog audit;
  private final Transactions transactions;
  private final Vault vault;
  private volatile @Nullable String known;
  private volatile @Nullable PrivateKey signing;

  CommandKeys(CommandKeyStore store, AuditLog audit, Transactions transactions, Vault vault) {
    this.store = store;
    this.audit = audit;
    this.transactions = transactions;
    this.vault = vault;
  }

  /** The public key as agents get it: X.509, base64. */
  Uni<String> publicKey() {
    String cached = known;
    if (cached != null) {
      return Uni.createFrom().item(cached);
    }
    return store
        .publicKey()
        .chain(stored -> stored == null ? make() : Uni.createFrom().item(stored))
        .map(key -> Base64.getEncoder().encodeToString(key))
        .invoke(key -> known = key);
  }

  /** The private key; it stays in this process. */
  Uni<PrivateKey> privateKey() {
    PrivateKey cached = signing;
    if (cached != null) {
      return Uni.createFrom().item(cached);
    }
    return publicKey()
        .chain(made -> store.sealedPrivate())
        .map(sealed -> decoded(vault.open(Objects.requireNonNull(sealed), CONTEXT)))
        .invoke(key -> signing = key);
  }

  private static PrivateKey decoded(byte[] encoded) {
    try {
      return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the stored command key is no Ed25519 key", e);
    }
  }

  private Uni<byte[]> make() {
    KeyPair pair = generate();
    KeyPairBytes bytes =
        new KeyPairBytes(
            pair.getPublic().getEncoded(), vault.seal(pair.getPrivate().getEncoded(), CONTEXT));
    return transactions.write(tx ->
        store
            .insertOrRead(tx, bytes)
            .call(kept ->
                Arrays.equals(kept, bytes.publicKey())
                    ? audit.record(tx, MADE)
                    : Uni.createFrom().voidItem()));
  }

  private static KeyPair generate() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java since 15 has Ed25519", e);
    }
  }
}
