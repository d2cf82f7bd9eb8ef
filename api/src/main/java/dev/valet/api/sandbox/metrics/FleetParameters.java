package dev.valet.api.sandbox.metrics;

import dev.valet.common.metrics.MetricGroup;
import dev.valet.common.sandbox.Environment;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Which sandboxes a chart of the fleet shows, and how it is divided. */
class FleetParameters extends RangeParameters {
  @RestQuery
  @Parameter(description = "One series each; one of all, if absent")
  @Nullable MetricGroup groupBy;

  @RestQuery
  @Parameter(description = "Only sandboxes of this environment")
  @Nullable Environment environment;

  @RestQuery
  @Parameter(description = "Only sandboxes that now have this template")
  @Nullable UUID templateId;

  @RestQuery
  @Parameter(description = "Only sandboxes of this tenant")
  @Nullable UUID tenantId;
}
