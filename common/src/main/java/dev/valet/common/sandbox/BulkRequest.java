package dev.valet.common.sandbox;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One action on many sandboxes. Exactly one of {@code ids} and {@code filter} is given.
 *
 * @param action what to do to each
 * @param ids at most 1,000; those named twice count once
 * @param filter may match at most 10,000; resolved once, when the request is accepted
 * @param dryRun only say what would happen; null for false
 * @param force true to wait for no running task of any of them; null for false
 * @param concurrency how many sandboxes may be worked on at a time, 1 to 100; null for 10
 */
public record BulkRequest(
    @NotNull BulkAction action,
    @Nullable @Size(min = 1, max = MOST_IDS) List<@NotNull UUID> ids,
    @Nullable @Valid SandboxSelector filter,
    @Nullable Boolean dryRun,
    @Nullable Boolean force,
    @Nullable @Min(1) @Max(100) Integer concurrency) {

  /** Most ids of one request: its body is bounded. */
  public static final int MOST_IDS = 1_000;

  /** Most sandboxes of one bulk operation. */
  public static final int MOST = 10_000;

  /** Sandboxes at a time, if the request does not say. */
  public static final int DEFAULT_CONCURRENCY = 10;
}
