package dev.valet.local.supervisor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands in for the API: ready at once, knows one template, calls every sandbox healthy. */
public final class StandInApi {
  private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]+)\"");
  private static final List<String> SANDBOXES = new ArrayList<>();

  private StandInApi() {}

  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(System.getenv("QUARKUS_HTTP_PORT"));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(System.getenv("QUARKUS_HTTP_HOST"), port), 0);
    server.createContext("/q/health/ready", exchange -> answer(exchange, 200, "{}"));
    server.createContext("/env", exchange -> answer(exchange, 200, environment()));
    server.createContext(
        "/pid", exchange -> answer(exchange, 200, "" + ProcessHandle.current().pid()));
    server.createContext(
        "/api/v1/templates", exchange -> answer(exchange, 200, "{\"items\":[{\"id\":\"t-1\"}]}"));
    server.createContext("/api/v1/sandboxes", StandInApi::sandboxes);
    server.start();
  }

  private static void sandboxes(HttpExchange exchange) throws IOException {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (authorization == null || !authorization.startsWith("Bearer ey")) {
      answer(exchange, 401, "{}");
    } else if (exchange.getRequestMethod().equals("POST")) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Matcher name = NAME.matcher(body);
      boolean good = name.find() && body.contains("\"templateId\":\"t-1\"");
      if (good) {
        SANDBOXES.add(name.group(1));
      }
      answer(exchange, good ? 202 : 400, "{}");
    } else {
      List<String> items =
          SANDBOXES.stream()
              .map(name -> "{\"name\":\"" + name + "\",\"health\":{\"status\":\"healthy\"}}")
              .toList();
      answer(exchange, 200, "{\"items\":" + items + ",\"nextCursor\":null}");
    }
  }

  private static String environment() {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(System.getenv())
        .forEach((k, v) -> text.append(k).append('=').append(v).append('\n'));
    return text.toString();
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
