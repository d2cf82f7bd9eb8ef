package dev.valet.agent.netguard;

/**
 * A connection that the proxy did not make.
 *
 * @param authority {@code host:port} that was wanted
 * @param kind what went wrong
 * @param detail in words
 */
public record Trouble(String authority, Kind kind, String detail) {

  /** What went wrong, with the words of RFC 9209. */
  public enum Kind {
    /** The rules do not allow it. */
    REFUSED(403, "destination_ip_prohibited"),

    /** The name has no address. */
    UNKNOWN_NAME(502, "dns_error"),

    /** Nobody answers there. */
    UNREACHABLE(502, "destination_unavailable");

    private final int status;
    private final String word;

    Kind(int status, String word) {
      this.status = status;
      this.word = word;
    }

    /** What the client is answered. */
    public int status() {
      return status;
    }

    String word() {
      return word;
    }
  }

  /** One line for people. */
  public String line() {
    return authority + ": " + detail;
  }
}
