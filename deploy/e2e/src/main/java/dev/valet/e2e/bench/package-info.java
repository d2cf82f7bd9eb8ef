/**
 * {@code ./valet bench}: how long lists take with ten thousand sandboxes, beside a floor, and what
 * the agent does with tasks, beside a worker of Hatchet's own SDK; each measured in the same run.
 * docs/benchmarks.md has the figures.
 */
@NullMarked
package dev.valet.e2e.bench;

import org.jspecify.annotations.NullMarked;
