package dev.valet.local.identity;

import dev.valet.local.host.ProcessRecord;
import dev.valet.local.host.StartException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Prints a bearer token of the local installation, and nothing else: {@code --as
 * admin|operator|viewer|auditor --data DIR}.
 */
public final class TokenCommand {
  private static final int FAILED = 1;

  private TokenCommand() {}

  /** Ends with status 1 and one line on standard error if there is no token to be had. */
  public static void main(String[] arguments) {
    try {
      System.out.println(token(arguments));
    } catch (StartException e) {
      System.err.println("valet token: " + e.getMessage());
      System.exit(FAILED);
    }
  }

  static String token(String... arguments) {
    String user = LocalUser.ADMIN.username();
    Path data = Path.of(".valet");
    for (int i = 0; i < arguments.length; i += 2) {
      String value = i + 1 < arguments.length ? arguments[i + 1] : "";
      switch (arguments[i]) {
        case "--as" -> user = value;
        case "--data" -> data = Path.of(value);
        default ->
            throw new StartException(
                "unknown argument " + arguments[i] + "; it takes --as USER and --data DIR");
      }
    }
    return token(LocalUser.of(user), data);
  }

  /**
   * A token of the Valet that runs on that data folder.
   *
   * @throws StartException if none runs there
   */
  public static String token(LocalUser user, Path data) {
    boolean running =
        ProcessRecord.read(data.resolve("supervisor.pid"))
            .filter(ProcessRecord::isAlive)
            .isPresent();
    int port = running ? IdentityServer.knownPort(data).orElse(0) : 0;
    if (port == 0) {
      throw new StartException(
          "no Valet is running on the data folder " + data + ": start one with ./valet up");
    }
    HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();
    return new TokenClient(port, http).accessToken(user);
  }
}
