/**
 * {@code ./valet bench}: how long lists take with ten thousand sandboxes, beside a floor that was
 * measured in the same run. docs/benchmarks.md has the figures.
 */
@NullMarked
package dev.valet.e2e.bench;

import org.jspecify.annotations.NullMarked;
