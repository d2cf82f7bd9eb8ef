package dev.valet.api.sandbox.lifecycle;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tags of an instance, Valet's own ({@code valet:*}) left out.
 *
 * @param applied as EC2 last accepted them
 * @param problem why the newest wish for them is not fulfilled; null while nothing went wrong
 */
record InstanceTags(Map<String, String> applied, @Nullable String problem) {
  /** Nothing was set yet. */
  static final InstanceTags NONE = new InstanceTags(Map.of(), null);

  InstanceTags {
    applied = Map.copyOf(applied);
  }

  InstanceTags failed(String why) {
    return new InstanceTags(applied, why);
  }
}
