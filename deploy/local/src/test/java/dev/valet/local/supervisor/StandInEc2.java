package dev.valet.local.supervisor;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/** Stands in for the local EC2: answers on its port, as EC2 does to an unsigned call. */
public final class StandInEc2 {
  private StandInEc2() {}

  public static void main(String[] arguments) throws IOException {
    List<String> words = List.of(arguments);
    int port = Integer.parseInt(words.get(words.indexOf("--port") + 1));
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(401, -1);
          exchange.close();
        });
    server.start();
  }
}
