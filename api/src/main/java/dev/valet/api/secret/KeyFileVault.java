package dev.valet.api.secret;

import dev.valet.api.platform.security.DerivedKeys;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;

/** The vault over a key file; made at start, so that a missing key stops it. */
@Startup
@ApplicationScoped
class KeyFileVault implements Vault, DerivedKeys {
  private final KeyRing keys;
  private final Envelope envelope;

  KeyFileVault(VaultConfig config) {
    this.keys = KeyFile.read(config.keyFile(), LaunchMode.current() == LaunchMode.NORMAL);
    this.envelope = new Envelope(keys, new SecureRandom());
  }

  @Override
  public byte[] seal(byte[] plain, String context) {
    return envelope.seal(plain, context);
  }

  @Override
  public byte[] open(byte[] sealed, String context) {
    return envelope.open(sealed, context);
  }

  @Override
  public byte[] derive(String label) {
    return keys.oldest().derive("valet/derived/" + label);
  }
}
