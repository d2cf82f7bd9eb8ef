package dev.valet.common.sandbox;

import dev.valet.common.health.HatchetState;
import dev.valet.common.health.HealthStatus;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Figures of the fleet that the caller may see, terminated sandboxes left out. Each breakdown adds
 * up to the total, but for that by task engine.
 *
 * @param total sandboxes
 * @param byPhase of each phase but terminated, zeros included, such as {@code {"running": 12,
 *     "stopped": 3}}
 * @param byHealth of each verdict, zeros included, such as {@code {"healthy": 11, "unknown": 4}}
 * @param byHatchet of each state of the connection to the task engine, zeros included; sandboxes
 *     that are not probed are in none; such as {@code {"connected": 10, "degraded": 1}}
 * @param byEnvironment of each environment, zeros included, such as {@code {"dev": 5, "prod": 10}}
 * @param byTemplate of each template in use, most sandboxes first
 */
public record FleetSummaryView(
    long total,
    Map<Phase, Long> byPhase,
    Map<HealthStatus, Long> byHealth,
    Map<HatchetState, Long> byHatchet,
    Map<Environment, Long> byEnvironment,
    List<TemplateCount> byTemplate) {

  /**
   * Sandboxes of a template, whatever their version.
   *
   * @param templateId the template
   * @param name its name, such as {@code browser-small}
   * @param count so many
   */
  public record TemplateCount(UUID templateId, String name, long count) {}
}
