package dev.valet.agent.platform;

import dev.valet.agent.platform.time.Ticker;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes what the rest of the agent injects. */
@Dependent
final class PlatformBeans {
  @Produces
  @Singleton
  Settings settings() throws SettingsRefused {
    return SettingsReader.read(System.getenv());
  }

  @Produces
  @Singleton
  ProcessFacts process(BuildConfig build, Ticker ticker) {
    return new ProcessFacts(UUID.randomUUID().toString(), build.version(), ticker, ticker.nanos());
  }

  /** What {@code /metrics} shows; whoever has numbers registers them here. */
  @Produces
  @Singleton
  PrometheusMeterRegistry meters() {
    return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  }

  /** For jitter only; nothing secret comes from it. */
  @Produces
  @Singleton
  RandomGenerator jitter() {
    return new Random();
  }
}
