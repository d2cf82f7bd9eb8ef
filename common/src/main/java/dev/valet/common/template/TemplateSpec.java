package dev.valet.common.template;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;

/**
 * One immutable version of a template: everything that a launch needs to know. Nothing is a
 * primitive, so that all that is missing is told at once.
 *
 * @param imageId AMI, such as {@code ami-0123456789abcdef0}
 * @param instanceTypes in order of preference, such as {@code m7i.large}
 * @param subnetIds in order of preference, such as {@code subnet-0123456789abcdef0}; each type is
 *     tried in each subnet before the next type
 * @param securityGroupIds groups of the instance, such as {@code sg-0123456789abcdef0}
 * @param publicIp whether instances get a public IPv4 address
 * @param volume the root volume; always encrypted
 * @param engines browser engines that the sandbox carries and its health depends on, such as {@code
 *     chromium}
 * @param desktop whether health depends on a desktop that people can watch; if not, there is one
 *     where the image has its programs
 * @param capacity tasks at once, unless the sandbox says otherwise
 * @param parameters what a person may choose at creation, such as {@code {"name": "locale", "type":
 *     "choice", "defaultValue": "en_GB", "choices": ["en_GB", "de_DE"]}}
 * @param health when a sandbox counts as unhealthy
 */
public record TemplateSpec(
    @NotNull @Pattern(regexp = "ami-[0-9a-f]{8,17}") String imageId,
    @NotEmpty @Size(max = 20) List<@NotNull @Pattern(regexp = "[a-z0-9-]+\\.[a-z0-9-]+") String> instanceTypes,
    @NotEmpty @Size(max = 20) List<@NotNull @Pattern(regexp = "subnet-[0-9a-f]{8,17}") String> subnetIds,
    @NotEmpty @Size(max = 5) List<@NotNull @Pattern(regexp = "sg-[0-9a-f]{8,17}") String> securityGroupIds,
    @NotNull Boolean publicIp,
    @NotNull @Valid Volume volume,
    @NotNull @Size(max = 10) List<@NotNull @Pattern(regexp = "[a-z][a-z0-9-]{0,31}") String> engines,
    @NotNull Boolean desktop,
    @NotNull @Min(1) @Max(100) Integer capacity,
    @NotNull @Size(max = 50) List<@NotNull @Valid TemplateParameter> parameters,
    @NotNull @Valid Health health) {

  /**
   * The root volume.
   *
   * @param sizeGib size in GiB
   * @param type EBS type, such as {@code gp3}; io1 and io2 would need IOPS of their own
   */
  public record Volume(
      @NotNull @Min(8) @Max(16_384) Integer sizeGib,
      @NotNull @Pattern(regexp = "gp2|gp3") String type) {}

  /**
   * Thresholds of the health verdict (requirements, row H1).
   *
   * @param failures failed probes in a row until unhealthy
   * @param successes good probes in a row until healthy
   * @param bootGrace time after a boot in which failures do not count, such as {@code PT5M}
   * @param repairAfter time unhealthy until the automatic restart, such as {@code PT1M}
   */
  public record Health(
      @NotNull @Min(1) @Max(20) Integer failures,
      @NotNull @Min(1) @Max(20) Integer successes,
      @NotNull Duration bootGrace,
      @NotNull Duration repairAfter) {}
}
