package dev.valet.api.platform.config;

import io.quarkus.arc.All;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/** Stops the start while a setting is dangerous. */
@ApplicationScoped
class StartupGuard {
  private final Config config;
  private final List<Dangers> features;

  StartupGuard(Config config, @All List<Dangers> features) {
    this.config = config;
    this.features = features;
  }

  void check(@Observes StartupEvent event) {
    List<String> dangers = new ArrayList<>(DangerousSettings.find(settings()));
    features.forEach(feature -> dangers.addAll(feature.find()));
    if (!dangers.isEmpty()) {
      throw new IllegalStateException("Refusing to start:\n  " + String.join("\n  ", dangers));
    }
  }

  private Settings settings() {
    return new Settings(
        name -> config.getOptionalValue(name, String.class),
        LaunchMode.current() == LaunchMode.NORMAL);
  }
}
