/** Charts over time, of one sandbox and of the fleet. Reads health's samples; writes nothing. */
@NullMarked
package dev.valet.api.sandbox.metrics;

import org.jspecify.annotations.NullMarked;
