package dev.valet.api.secret;

import java.util.List;
import java.util.Optional;

/**
 * The installation's keys, newest first. The newest seals, all of them open, and the oldest stays
 * the root of derived keys, so that instances keep their owner when a key is rotated.
 *
 * @param keys at least one
 */
record KeyRing(List<MasterKey> keys) {
  KeyRing {
    keys = List.copyOf(keys);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("a key ring has at least one key");
    }
  }

  MasterKey newest() {
    return keys.getFirst();
  }

  MasterKey oldest() {
    return keys.getLast();
  }

  Optional<MasterKey> withId(byte[] id) {
    return keys.stream().filter(key -> key.hasId(id)).findFirst();
  }
}
