package dev.valet.agent.platform;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the browser engines.
 *
 * @param sandboxed whether browsers use their own sandbox
 * @param opened networks that browsers may reach although they are not public
 * @param ports that browsers may reach
 * @param adsPower base of AdsPower's local API, without a slash at the end
 * @param adsPowerKey of that API; null for none
 */
public record BrowserSettings(
    boolean sandboxed,
    List<Cidr> opened,
    List<Integer> ports,
    URI adsPower,
    @Nullable Secret adsPowerKey) {

  /** Copies the lists. */
  public BrowserSettings {
    opened = List.copyOf(opened);
    ports = List.copyOf(ports);
  }
}
