package dev.valet.api.sandbox.metrics;

import dev.valet.common.metrics.MetricStep;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The time that a chart shows. */
class RangeParameters {
  @RestQuery
  @Parameter(
      description = "Beginning, rounded down to the step; a day before to, if absent",
      example = "2026-11-24T00:00:00Z")
  @Nullable Instant from;

  @RestQuery
  @Parameter(
      description = "End, rounded up to the step; now, if absent",
      example = "2026-11-25T00:00:00Z")
  @Nullable Instant to;

  @RestQuery
  @Parameter(
      description =
          "From one point to the next; the finest that gives at most 500 points, if absent. At most"
              + " 1,500 points; under an hour only while minutes are kept (14 days)",
      example = "5m")
  @Nullable MetricStep step;
}
