package dev.valet.local.ec2.fleet;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client token that has launched instances.
 *
 * @param scope the zone when the call named one, else the region: the same token elsewhere is
 *     another token
 * @param fingerprint of all parameters of the call
 * @param goneSince when the last of its instances was forgotten; null while one is left
 */
record TokenUse(
    String scope,
    String token,
    String fingerprint,
    List<String> instanceIds,
    @Nullable Instant goneSince) {

  /** The tokens of one region and of its zones are apart. */
  record Key(String scope, String token) {}

  Key key() {
    return new Key(scope, token);
  }

  TokenUse gone(Instant since) {
    return new TokenUse(scope, token, fingerprint, instanceIds, since);
  }
}
