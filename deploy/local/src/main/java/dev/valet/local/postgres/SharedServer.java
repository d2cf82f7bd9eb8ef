package dev.valet.local.postgres;

import java.util.Properties;

/**
 * One temporary server for the JVM. Test frameworks load this class several times, each time with
 * its own static fields, so the server is remembered where all class loaders look: in the system
 * properties.
 */
final class SharedServer {
  private static final String KEY = "dev.valet.local.postgres.shared";

  private SharedServer() {}

  static PostgresServer get() {
    Properties jvm = System.getProperties();
    synchronized (jvm) { // common to all class loaders
      String known = jvm.getProperty(KEY);
      if (known == null) {
        known = describe(PostgresServer.startTemporary().access());
        jvm.setProperty(KEY, known);
      }
      return new PostgresServer(parse(known), null, null, () -> {});
    }
  }

  private static String describe(PostgresAccess access) {
    return String.join(
        " ",
        Integer.toString(access.port()),
        access.superPassword(),
        access.ownerPassword(),
        access.appPassword(),
        access.hatchetPassword());
  }

  private static PostgresAccess parse(String known) {
    String[] words = known.split(" ", -1);
    return new PostgresAccess(Integer.parseInt(words[0]), words[1], words[2], words[3], words[4]);
  }
}
