package dev.valet.api.health;

import dev.valet.common.health.HealthStatus;
import java.time.Instant;

/** A verdict that became another one, and why, for people. */
record VerdictChange(HealthStatus from, HealthStatus to, String reason, Instant at) {}
