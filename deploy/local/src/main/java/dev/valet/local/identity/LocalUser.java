package dev.valet.local.identity;

import dev.valet.local.host.StartException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The four ready users; each belongs to the one group that bears its name. */
public enum LocalUser {
  ADMIN("may do everything"),
  OPERATOR("creates, starts, stops and terminates sandboxes"),
  VIEWER("looks, changes nothing"),
  AUDITOR("reads the audit log");

  /** The audience of every token, and the client id that the API must use. */
  public static final String AUDIENCE = "valet-api";

  private final String purpose;

  LocalUser(String purpose) {
    this.purpose = purpose;
  }

  /**
   * The user of that name.
   *
   * @throws StartException if there is none; the message lists them
   */
  public static LocalUser of(String name) {
    return Arrays.stream(values())
        .filter(user -> user.username().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new StartException(
                "There is no local user \""
                    + name
                    + "\": use one of "
                    + Arrays.stream(values())
                        .map(LocalUser::username)
                        .collect(Collectors.joining(", "))));
  }

  /** What the login page and {@code sub} call this user. */
  public String username() {
    return name().toLowerCase(Locale.ROOT);
  }

  String purpose() {
    return purpose;
  }

  /** The claims of this user's tokens. */
  Map<String, Object> claims() {
    return Map.of(
        "sub", username(),
        "aud", List.of(AUDIENCE),
        "groups", List.of(username()),
        "email", username() + "@valet.localhost",
        "email_verified", true,
        "preferred_username", username());
  }
}
