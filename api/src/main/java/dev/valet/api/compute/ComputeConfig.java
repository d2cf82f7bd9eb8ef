package dev.valet.api.compute;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

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
    String region();

    /** AWS account, 12 digits. */
    String account();

    /** Endpoint in place of AWS' own; for the local EC2. */
    Optional<URI> endpoint();

    /** Longest time for one call, retries of the SDK included; under half of any lease. */
    @WithDefault("10S")
    Duration timeout();
  }
}
