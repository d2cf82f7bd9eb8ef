package dev.valet.api.audit;

import dev.valet.common.audit.AuditCheckpoint;
import dev.valet.common.audit.CheckpointKeys;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.HexFormat;

/** Signs checkpoints with a key that is not in the database; made at start, so that it is there. */
@Startup
@ApplicationScoped
class CheckpointSigner {
  private final SigningKeyFile.Keys keys;
  private final String id;

  CheckpointSigner(AuditConfig config) {
    this.keys = SigningKeyFile.read(config.keyFile(), LaunchMode.current() == LaunchMode.NORMAL);
    this.id = CheckpointKeys.id(keys.believed().first());
  }

  AuditCheckpoint sign(SealHead head, Instant at) {
    String hash = HexFormat.of().formatHex(head.hash());
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(keys.signing());
      signature.update(AuditCheckpoint.signed(head.seq(), hash, at));
      return new AuditCheckpoint(head.seq(), hash, at, id, signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This key has signed before", e);
    }
  }

  CheckpointKeys believed() {
    return keys.believed();
  }
}
