package dev.valet.agent.netguard;

import dev.valet.agent.netguard.Trouble.Kind;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Finds the addresses that a target stands for, and goes to them and no other. */
final class Route {
  private static final long LOOK_UP_SECONDS = 10;
  private static final int MOST_TRIES = 3;

  private final AddressPolicy policy;
  private final Names names;
  private final WorkerExecutor blocking;

  Route(AddressPolicy policy, Names names, WorkerExecutor blocking) {
    this.policy = policy;
    this.names = names;
    this.blocking = blocking;
  }

  /** Why a target was not reached. */
  static final class Blocked extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Trouble trouble;

    Blocked(Target target, Kind kind, String detail) {
      super(detail, null, false, false);
      this.trouble = new Trouble(target.authority(), kind, detail);
    }

    Trouble trouble() {
      return trouble;
    }
  }

  /**
   * Connects to the target: one look-up, then its allowed addresses one after the other.
   *
   * @param connect connects to an address, given as a literal
   * @return fails with {@link Blocked}
   */
  <T> Future<T> follow(Target target, Function<SocketAddress, Future<T>> connect) {
    Optional<String> refusal =
        target.isUnambiguous()
            ? policy.refusal(target.port())
            : Optional.of("an address is not in its usual form");
    if (refusal.isPresent()) {
      return Future.failedFuture(new Blocked(target, Kind.REFUSED, refusal.get()));
    }
    return lookUp(target)
        .compose(addresses -> allowed(target, addresses))
        .compose(addresses -> firstThatConnects(target, addresses, connect));
  }

  private Future<List<InetAddress>> lookUp(Target target) {
    return blocking
        .executeBlocking(() -> names.lookUp(target.host()), false)
        .timeout(LOOK_UP_SECONDS, TimeUnit.SECONDS)
        .recover(failure ->
            Future.failedFuture(
                new Blocked(
                    target,
                    Kind.UNKNOWN_NAME,
                    failure instanceof UnknownHostException
                        ? "the name has no address"
                        : "the name was not found in time")));
  }

  private Future<List<InetAddress>> allowed(Target target, List<InetAddress> addresses) {
    List<InetAddress> allowed = policy.allowed(addresses);
    if (!allowed.isEmpty()) {
      return Future.succeededFuture(allowed.subList(0, Math.min(MOST_TRIES, allowed.size())));
    }
    if (addresses.isEmpty()) {
      return Future.failedFuture(new Blocked(target, Kind.UNKNOWN_NAME, "the name has no address"));
    }
    InetAddress refused = addresses.getFirst();
    return Future.failedFuture(
        new Blocked(
            target,
            Kind.REFUSED,
            refused.getHostAddress() + " is " + policy.refusal(refused).orElse("refused")));
  }

  private static <T> Future<T> firstThatConnects(
      Target target, List<InetAddress> addresses, Function<SocketAddress, Future<T>> connect) {
    InetAddress address = addresses.getFirst();
    List<InetAddress> others = addresses.subList(1, addresses.size());
    return connect
        .apply(SocketAddress.inetSocketAddress(target.port(), address.getHostAddress()))
        .recover(failure ->
            others.isEmpty()
                ? Future.failedFuture(
                    new Blocked(target, Kind.UNREACHABLE, reason(address, failure)))
                : firstThatConnects(target, others, connect));
  }

  private static String reason(InetAddress address, Throwable failure) {
    return "no connection to "
        + address.getHostAddress()
        + ": "
        + Objects.requireNonNullElse(failure.getMessage(), failure.toString());
  }
}
