package dev.valet.common.template;

import org.jspecify.annotations.Nullable;

/**
 * A field that differs between two versions.
 *
 * @param path where it is, such as {@code volume.sizeGib}
 * @param before its value, as in JSON; null if it was not there; such as {@code 30}
 * @param after its value, as in JSON; null if it is not there any more; such as {@code 60}
 * @param effect what it means for a sandbox of the first version that is upgraded to the second
 * @param meaning the same in words, such as {@code the instance is replaced}
 */
public record TemplateChange(
    String path,
    @Nullable Object before,
    @Nullable Object after,
    TemplateEffect effect,
    String meaning) {

  /** For people: {@code imageId: ami-1 -> ami-2}. */
  public String inWords() {
    return path + ": " + before + " -> " + after;
  }
}
