package dev.valet.agent.hatchet;

import dev.valet.agent.hatchet.wire.AssignedAction;
import dev.valet.agent.hatchet.wire.ListenRequest;
import dev.valet.common.agent.TlsStrategy;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 connection to the engine, for calls and stream alike: if it is dead, both are, and
 * heartbeats cannot hide a dead stream. Every call has a deadline.
 */
final class GrpcConnection {
  private static final int MAX_MESSAGE = 4 << 20;
  private static final int CONNECT_MILLIS = 5_000;

  private final GrpcClient client;
  private final SocketAddress address;
  private final String authorization;

  private GrpcConnection(GrpcClient client, SocketAddress address, String authorization) {
    this.client = client;
    this.address = address;
    this.authorization = authorization;
  }

  /**
   * A connection that is opened by the first call; may block to resolve a name.
   *
   * @throws UnknownHostException if the engine's host is unknown; only where a server name is set
   */
  static GrpcConnection to(Endpoint endpoint, Vertx vertx) throws UnknownHostException {
    GrpcClientOptions options =
        new GrpcClientOptions()
            .setMaxMessageSize(MAX_MESSAGE)
            .setTransportOptions(transport(endpoint.tls()));
    return new GrpcConnection(
        GrpcClient.client(vertx, options),
        address(endpoint),
        "Bearer " + endpoint.token().secret().reveal());
  }

  private static HttpClientOptions transport(TlsSettings tls) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(false)
            .setHttp2MaxPoolSize(1)
            .setConnectTimeout(CONNECT_MILLIS)
            .setHttp2ConnectionWindowSize(2 * MAX_MESSAGE)
            .setInitialSettings(new Http2Settings().setInitialWindowSize(MAX_MESSAGE));
    if (tls.strategy() != TlsStrategy.NONE) {
      tls.secure(options);
    }
    return options;
  }

  /** With a server name of its own, that name is what the certificate is checked against. */
  private static SocketAddress address(Endpoint endpoint) throws UnknownHostException {
    String name = endpoint.tls().serverName();
    if (name == null) {
      return SocketAddress.inetSocketAddress(endpoint.port(), endpoint.host());
    }
    byte[] ip = InetAddress.getByName(endpoint.host()).getAddress();
    return SocketAddress.inetSocketAddress(
        new InetSocketAddress(InetAddress.getByAddress(name, ip), endpoint.port()));
  }

  /** Calls a method; fails with {@link RpcFailure} at the latest when the limit is over. */
  <Q, A> Future<A> call(ServiceMethod<A, Q> method, Q message, Duration limit) {
    Promise<A> answer = Promise.promise();
    request(method)
        .onSuccess(request -> {
          request.headers().set("authorization", authorization);
          request
              .response()
              .onSuccess(response -> single(response, answer))
              .onFailure(answer::tryFail);
          request.end(message).onFailure(answer::tryFail);
          var _ =
              answer
                  .future()
                  .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                  .onFailure(late -> request.cancel());
        })
        .onFailure(answer::tryFail);
    return answer
        .future()
        .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .recover(failure -> Future.failedFuture(RpcFailure.of(failure)));
  }

  /** A closed client throws instead of failing. */
  private <Q, A> Future<GrpcClientRequest<Q, A>> request(ServiceMethod<A, Q> method) {
    return Future.<Void>succeededFuture().compose(now -> client.request(address, method));
  }

  private static <A> void single(GrpcClientResponse<?, A> response, Promise<A> answer) {
    Latest<A> latest = new Latest<>();
    response.handler(message -> latest.value = message);
    response.exceptionHandler(answer::tryFail);
    response.endHandler(end -> {
      A value = latest.value;
      if (isOk(response) && value != null) {
        answer.tryComplete(value);
      } else {
        answer.tryFail(failure(response));
      }
    });
  }

  private static final class Latest<A> {
    private @Nullable A value;
  }

  /**
   * Opens the stream that tasks come by.
   *
   * @param actions gets every message
   * @param ended gets the reason, once; the code is OK for an end without error
   */
  ActionStream listen(
      String workerId, Consumer<AssignedAction> actions, Consumer<RpcFailure> ended) {
    ActionStream stream = new ActionStream(ended);
    request(Methods.LISTEN)
        .onSuccess(request -> {
          request.headers().set("authorization", authorization);
          stream.opened(request);
          request.exceptionHandler(failure -> stream.end(RpcFailure.of(failure)));
          request
              .response()
              .onSuccess(response -> receive(response, stream, actions))
              .onFailure(failure -> stream.end(RpcFailure.of(failure)));
          request
              .end(ListenRequest.newBuilder().setWorkerId(workerId).build())
              .onFailure(failure -> stream.end(RpcFailure.of(failure)));
        })
        .onFailure(failure -> stream.end(RpcFailure.of(failure)));
    return stream;
  }

  private static void receive(
      GrpcClientResponse<?, AssignedAction> response,
      ActionStream stream,
      Consumer<AssignedAction> actions) {
    response.handler(actions::accept);
    response.exceptionHandler(failure -> stream.end(RpcFailure.of(failure)));
    response.endHandler(end ->
        stream.end(isOk(response) ? new RpcFailure(RpcCode.OK, "closed") : failure(response)));
  }

  private static boolean isOk(GrpcClientResponse<?, ?> response) {
    return response.status() == GrpcStatus.OK;
  }

  private static RpcFailure failure(GrpcClientResponse<?, ?> response) {
    GrpcStatus status = response.status();
    return status == null
        ? new RpcFailure(RpcCode.UNKNOWN, "the answer is not gRPC: wrong port, or a proxy")
        : new RpcFailure(RpcCode.valueOf(status.name()), String.valueOf(response.statusMessage()));
  }

  /** Ends everything that runs over it. */
  void close() {
    var _ = client.close();
  }

  /** The stream of assigned actions; it ends once. */
  static final class ActionStream {
    private final Consumer<RpcFailure> ended;
    private @Nullable GrpcClientRequest<?, ?> request;
    private boolean over;

    private ActionStream(Consumer<RpcFailure> ended) {
      this.ended = ended;
    }

    private void opened(GrpcClientRequest<?, ?> opened) {
      request = opened;
      if (over) {
        opened.cancel();
      }
    }

    private void end(RpcFailure reason) {
      if (!over) {
        over = true;
        ended.accept(reason);
      }
    }

    /** Closes it without telling anybody. */
    void close() {
      over = true;
      GrpcClientRequest<?, ?> open = request;
      if (open != null) {
        open.cancel();
      }
    }
  }
}
