package dev.valet.api.platform.config;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/** Stops the start while a setting is dangerous. */
@ApplicationScoped
class StartupGuard {
  private final Config config;

  StartupGuard(Config config) {
    this.config = config;
  }

  void check(@Observes StartupEvent event) {
    List<String> dangers = DangerousSettings.find(settings());
    if (!dangers.isEmpty()) {
      throw new IllegalStateException("Refusing to start: " + String.join("; ", dangers));
    }
  }

  private DangerousSettings.Settings settings() {
    return new DangerousSettings.Settings(
        flag("quarkus.http.proxy.proxy-address-forwarding"),
        list("quarkus.http.proxy.trusted-proxies"),
        flag("quarkus.http.cors.enabled") || flag("quarkus.http.cors"),
        list("quarkus.http.cors.origins"));
  }

  private boolean flag(String name) {
    return config.getOptionalValue(name, Boolean.class).orElse(false);
  }

  private List<String> list(String name) {
    return config.getOptionalValues(name, String.class).orElse(List.of());
  }
}
