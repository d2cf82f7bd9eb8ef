package dev.valet.api.desktop;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/** Lets the server agree on the subprotocol that carries pixels, and on no other. */
@Singleton
class SocketOptions implements HttpServerOptionsCustomizer {
  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    options.addWebSocketSubProtocol(TicketSecret.BINARY);
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    options.addWebSocketSubProtocol(TicketSecret.BINARY);
  }
}
