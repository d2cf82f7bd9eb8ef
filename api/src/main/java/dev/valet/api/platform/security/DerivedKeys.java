package dev.valet.api.platform.security;

/**
 * Keys for one purpose each, drawn from the installation's own key: for signing cursors, marking
 * instances as ours and the like. They are the same in every replica and after every restart, and
 * never stored. A port, because features below the vault need them too.
 */
@FunctionalInterface
public interface DerivedKeys {

  /**
   * The key for a purpose.
   *
   * @param label name of the purpose, such as {@code ownership}; other labels yield unrelated keys
   * @return 32 bytes; a fresh array each time
   */
  byte[] derive(String label);
}
