package dev.valet.common.sandbox;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a bulk action would do now; nothing was written.
 *
 * @param action what would be done
 * @param total of all items
 * @param acting of those on which it would act
 * @param items every sandbox, none left out
 */
public record BulkPreview(BulkAction action, int total, int acting, List<Item> items) {

  /**
   * What would happen to one sandbox.
   *
   * @param sandboxId which one
   * @param name null if there is no such sandbox
   * @param effect in a word
   * @param detail for people, such as {@code stop} or {@code already stopped}
   */
  public record Item(UUID sandboxId, @Nullable String name, BulkEffect effect, String detail) {}
}
