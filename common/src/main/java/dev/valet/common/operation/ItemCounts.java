package dev.valet.common.operation;

/** How many items of a bulk operation there are, in all and in each status. */
public record ItemCounts(
    long total,
    long pending,
    long running,
    long succeeded,
    long failed,
    long skipped,
    long cancelled) {

  /** Whether some are not at their end. */
  public boolean open() {
    return pending + running > 0;
  }
}
