package dev.valet.api.compute;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Where instances live, and which of them are ours. */
@ConfigMapping(prefix = "valet")
public interface ComputeConfig {
  /** Id of this installation; in every instance's tags, and compared with the database at start. */
  UUID installationId();

  /** EC2. */
  Ec2 ec2();

  /** Where EC2 is. */
  interface Ec2 {
    /** AWS region, such as {@code us-east-1}. */
    @Pattern(
        regexp = "[a-z]{2,}(-[a-z]+)+-\\d+",
        message = "must be the name of an AWS region, such as us-east-1")
    String region();

    /** AWS account, 12 digits. */
    @Pattern(regexp = "\\d{12}", message = "must be the 12 digits of an AWS account") String account();

    /** Endpoint in place of AWS' own; for the local EC2. */
    Optional<URI> endpoint();

    /**
     * Longest time for one call of the port that launches or acts, with all repetitions and halved
     * batches, and for each page of a listing; 1 to 60 seconds, and under half of any lease.
     */
    @WithDefault("10S")
    @DurationMin(seconds = 1)
    @DurationMax(seconds = 60)
    Duration timeout();
  }
}
