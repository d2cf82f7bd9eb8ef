package dev.valet.common.template;

import java.util.List;
import java.util.UUID;

/**
 * How many living sandboxes are made from which version, among those that the caller may see.
 *
 * @param templateId of which template
 * @param latestVersion the version that new sandboxes get
 * @param versions those in use, newest first
 */
public record TemplateUsage(UUID templateId, int latestVersion, List<Version> versions) {

  /** Copies what it is given. */
  public TemplateUsage {
    versions = List.copyOf(versions);
  }

  /**
   * One version.
   *
   * @param version its number
   * @param wanted sandboxes that shall be of this version
   * @param applied sandboxes whose instance was made from this version
   * @param running those of the applied that run
   */
  public record Version(int version, long wanted, long applied, long running) {}
}
