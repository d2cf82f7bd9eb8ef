package dev.valet.api.compute.ec2;

import dev.valet.api.compute.ComputeError;
import dev.valet.api.compute.ComputeException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Walks through the pages of one listing: every page or a failure. */
final class Pages {
  private static final int MOST_PAGES = 1_000;

  private Pages() {}

  /**
   * One page, and the token of the next.
   *
   * @param items may be few or none while more follow
   * @param next null or empty after the last page
   */
  record Page<T>(List<T> items, @Nullable String next) {
    Page {
      next = next == null || next.isEmpty() ? null : next;
    }
  }

  /**
   * All items, in the order of the pages.
   *
   * @param read yields the page for a token; the token is null for the first
   */
  static <T> Uni<List<T>> all(Ec2Action action, Function<@Nullable String, Uni<Page<T>>> read) {
    return Multi.createBy()
        .repeating()
        .uni(
            Position::new,
            position ->
                read.apply(position.token).invoke(page -> position.moveTo(action, page.next())))
        .whilst(page -> page.next() != null)
        .onItem()
        .<T>transformToMultiAndConcatenate(page -> Multi.createFrom().iterable(page.items()))
        .collect()
        .asList();
  }

  /** Where in the pages one listing is; guards against a token that leads nowhere new. */
  private static final class Position {
    private @Nullable String token;
    private int pages;

    void moveTo(Ec2Action action, @Nullable String next) {
      pages++;
      if (next != null && (next.equals(token) || pages >= MOST_PAGES)) {
        throw new ComputeException(
            ComputeError.UNKNOWN,
            "EndlessPages",
            action.wire() + " does not come to an end after " + pages + " pages",
            null);
      }
      token = next;
    }
  }
}
