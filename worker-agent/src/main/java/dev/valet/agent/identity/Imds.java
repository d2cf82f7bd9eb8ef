package dev.valet.agent.identity;

import dev.valet.agent.identity.HttpCalls.Answer;
import dev.valet.agent.identity.HttpCalls.Call;
import dev.valet.agent.platform.Settings;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The instance metadata service, version 2 only: a session token first, then the value with it. */
@Singleton
public final class Imds {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Pattern INSTANCE_ID = Pattern.compile("i-[0-9a-f]{8,17}");

  private static final Pattern PLACE = Pattern.compile("[a-z0-9-]{1,64}");

  private final HttpCalls http;
  private final URI endpoint;

  @Inject
  Imds(HttpCalls http, Settings settings) {
    this.http = http;
    this.endpoint = settings.imdsEndpoint();
  }

  /** EC2's id of this instance; fails if the service does not tell a well-formed one. */
  public Future<String> instanceId() {
    return read("instance-id")
        .compose(id ->
            INSTANCE_ID.matcher(id).matches()
                ? Future.succeededFuture(id)
                : refused("instance-id is malformed"));
  }

  /** The private IPv4 address of this instance; fails if the service does not tell one. */
  public Future<String> localIpv4() {
    return read("local-ipv4").compose(this::checkedAddress);
  }

  /** What EC2 has announced for this instance; fails if the service does not answer. */
  public Future<CloudNotices> notices() {
    return session()
        .compose(token -> {
          Future<Optional<String>> spot = find(token, "spot/instance-action");
          Future<Optional<String>> maintenance = find(token, "events/maintenance/scheduled");
          Future<Optional<String>> rebalance = find(token, "events/recommendations/rebalance");
          return Future.all(spot, maintenance, rebalance)
              .map(all ->
                  new CloudNotices(
                      spot.result().orElse(null),
                      maintenance.result().orElse(null),
                      rebalance.result().orElse(null)));
        });
  }

  /** Empty when the service says that there is no such thing. */
  private Future<Optional<String>> find(String token, String name) {
    return http.send(valueCall(name, token))
        .compose(answer ->
            answer.status() == 404
                ? Future.succeededFuture(Optional.empty())
                : value(answer, name).map(Optional::of));
  }

  /**
   * Where this instance is, {@code region} and {@code zone}; fails if the service does not tell.
   */
  public Future<Map<String, String>> placement() {
    return read("placement/region")
        .compose(region ->
            read("placement/availability-zone").map(zone -> Map.of("region", region, "zone", zone)))
        .compose(where ->
            where.values().stream().allMatch(name -> PLACE.matcher(name).matches())
                ? Future.succeededFuture(where)
                : refused("placement is malformed"));
  }

  private Future<String> checkedAddress(String text) {
    try {
      return Future.succeededFuture(InetAddress.ofLiteral(text).getHostAddress());
    } catch (IllegalArgumentException e) {
      return refused("local-ipv4 is malformed");
    }
  }

  private Future<String> session() {
    Call tokenCall =
        new Call(
            HttpMethod.PUT,
            URI.create(endpoint + "/latest/api/token"),
            Map.of("X-aws-ec2-metadata-token-ttl-seconds", "60", "Content-Length", "0"),
            null,
            TIMEOUT);
    return http.send(tokenCall).compose(answer -> value(answer, "session token"));
  }

  private Future<String> read(String name) {
    return session()
        .compose(token -> http.send(valueCall(name, token)))
        .compose(answer -> value(answer, name))
        .recover(failure -> refused(Printable.reason(failure)));
  }

  private Call valueCall(String name, String token) {
    return new Call(
        HttpMethod.GET,
        URI.create(endpoint + "/latest/meta-data/" + name),
        Map.of("X-aws-ec2-metadata-token", token),
        null,
        TIMEOUT);
  }

  private static Future<String> value(Answer answer, String what) {
    return answer.status() == 200
        ? Future.succeededFuture(answer.body().toString().strip())
        : Future.failedFuture(new IOException(what + ": HTTP " + answer.status()));
  }

  private <T> Future<T> refused(String why) {
    return Future.failedFuture(
        new IOException("the instance metadata service at " + endpoint + " does not help: " + why));
  }
}
