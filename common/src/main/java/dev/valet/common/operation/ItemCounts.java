package dev.valet.common.operation;

/**
 * How many items of a bulk operation there are, in all and in each status.
 *
 * @param total all of them
 * @param pending not begun
 * @param running their own operation is under way
 * @param succeeded done
 * @param failed could not be done
 * @param skipped there was nothing to do
 * @param cancelled before they began, or superseded
 */
public record ItemCounts(
    long total,
    long pending,
    long running,
    long succeeded,
    long failed,
    long skipped,
    long cancelled) {

  /** Items that are not at their end. */
  public long unfinished() {
    return pending + running;
  }
}
