/** Charts over time: of one sandbox and of the fleet. */
@NullMarked
package dev.valet.common.metrics;

import org.jspecify.annotations.NullMarked;
