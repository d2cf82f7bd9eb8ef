package dev.valet.agent.engine;

import org.jspecify.annotations.Nullable;

/**
 * What is to be seen of an engine without starting it.
 *
 * @param obstacle why it cannot start, with the remedy; null if nothing is known against it
 * @param stamp changes when another version was installed
 * @param warning what people should know although it works; null for nothing
 */
public record Sighting(@Nullable String obstacle, String stamp, @Nullable String warning) {

  /** It cannot start. */
  public static Sighting blocked(String obstacle) {
    return new Sighting(obstacle, "", null);
  }

  /** Nothing is known against it. */
  public static Sighting clear(String stamp, @Nullable String warning) {
    return new Sighting(null, stamp, warning);
  }
}
