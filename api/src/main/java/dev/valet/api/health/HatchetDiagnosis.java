package dev.valet.api.health;

import dev.valet.common.health.HatchetState;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong between a sandbox and its task engine, and what to do about it, from the agent's
 * state and its last trouble. Pure. The agent's own words follow, since they name hosts and ports.
 */
final class HatchetDiagnosis {
  private static final List<Case> CASES =
      List.of(
          new Case(
              "UnknownHost|failed to resolve|SearchDomain|DnsName",
              "DNS: the sandbox cannot resolve the engine's name. Check VALET_HATCHET_GRPC_ADDRESS and"
                  + " the sandbox's resolver"),
          new Case(
              "certificate|CertPath|PKIX|SSL|TLS|handshake|not an SSL",
              "TLS: the connection cannot be secured. Check VALET_HATCHET_TLS_STRATEGY and that the"
                  + " sandbox trusts the engine's certificate"),
          new Case(
              "expired",
              "Token: it has expired. Put a new one into VALET_HATCHET_TOKEN_FILE; agents fetch it by"
                  + " themselves"),
          new Case(
              "token|UNAUTHENTICATED|PERMISSION_DENIED",
              "Token: the engine refuses it. It is expired, revoked or of another engine, or the"
                  + " engine's database is away; put a valid one into VALET_HATCHET_TOKEN_FILE"),
          new Case(
              "not gRPC|UNIMPLEMENTED|1752460652|Frame|HTTP/1",
              "Wrong server: something else than a task engine answers at that address, a proxy or"
                  + " its web page. Check host and port of VALET_HATCHET_GRPC_ADDRESS"),
          new Case(
              "refused|No route|unreachable|reset|ClosedChannel|GOAWAY|connection (was )?closed",
              "Network: nobody listens at the engine's address, or the way there is closed. Check"
                  + " that the engine runs, and the security groups"),
          new Case(
              "DEADLINE_EXCEEDED|timed? ?out|Timeout",
              "Network: the engine does not answer in time. Check that it is well, and that no"
                  + " firewall drops the sandbox's packets"),
          new Case(
              "FAILED_PRECONDITION|listener",
              "Stream: the engine counts the worker as alive but holds no task stream of it; the"
                  + " agent opens it again"),
          new Case(
              "host:port|engine's address",
              "Settings: no usable address of the engine. Set VALET_HATCHET_GRPC_ADDRESS to"
                  + " host:port"));

  private HatchetDiagnosis() {}

  /** What a trouble looks like, and what it means. */
  private record Case(Pattern pattern, String meaning) {
    Case(String pattern, String meaning) {
      this(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), meaning);
    }
  }

  /**
   * The diagnosis; null if nothing is wrong.
   *
   * @param detail the agent's own words
   */
  static @Nullable String of(HatchetState state, @Nullable String detail) {
    return switch (state) {
      case CONNECTED, NOT_CONFIGURED, DRAINING -> detail;
      case CONNECTING, DEGRADED, UNAUTHORIZED -> detail == null ? silent(state) : told(detail);
    };
  }

  private static String told(String detail) {
    return CASES.stream()
        .filter(one -> one.pattern().matcher(detail).find())
        .findFirst()
        .map(one -> one.meaning() + " (" + detail + ")")
        .orElse(detail);
  }

  private static String silent(HatchetState state) {
    return switch (state) {
      case CONNECTING -> "It is connecting for the first time";
      case UNAUTHORIZED -> "Token: the engine refuses it";
      default -> "Heartbeat or task stream is dead, the agent does not say why";
    };
  }
}
