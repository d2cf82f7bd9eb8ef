/**
 * What ties a request's traces together: its id in answers, problems and log lines, the address it
 * came from, and the metrics of the process.
 */
@NullMarked
package dev.valet.api.platform.telemetry;

import org.jspecify.annotations.NullMarked;
