/**
 * What the agent says about itself: {@code /health}, {@code /health/live}, {@code /health/ready}
 * and {@code /metrics} on one small HTTP server. Answers are prepared when something changes, never
 * when somebody asks. Writes nothing.
 */
@NullMarked
package dev.valet.agent.health;

import org.jspecify.annotations.NullMarked;
