package dev.valet.api.compute.ec2;

import dev.valet.api.compute.ComputeCatalogue;
import dev.valet.api.compute.ComputeConfig;
import dev.valet.api.compute.ComputeProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/** Makes the adapter at start and ends it with the process. */
@Singleton
class Ec2Setup {
  private final ComputeConfig config;
  private final Ec2Credentials credentials;
  private final Ec2Sdk sdk;

  Ec2Setup(Vertx vertx, ComputeConfig config) {
    this.config = config;
    this.credentials =
        new Ec2Credentials(vertx, () -> DefaultCredentialsProvider.builder().build());
    this.sdk = new Ec2Sdk(vertx, config.ec2(), credentials);
  }

  void start(@Observes StartupEvent event) {
    credentials.start();
  }

  void stop(@Observes ShutdownEvent event) {
    credentials.stop();
    sdk.close();
  }

  @Produces
  @Singleton
  ComputeProvider provider(MeterRegistry metrics) {
    return new Ec2ComputeProvider(calls(metrics), config.installationId());
  }

  @Produces
  @Singleton
  ComputeCatalogue catalogue(MeterRegistry metrics) {
    return new Ec2Catalogue(calls(metrics));
  }

  private Ec2Calls calls(MeterRegistry metrics) {
    return new Ec2Calls(sdk, credentials, config.ec2().timeout(), metrics);
  }
}
