package dev.valet.api.compute.ec2;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Speaks just enough of EC2's query protocol for a test to script each answer. */
final class Ec2Stub implements AutoCloseable {
  private final HttpServer server;
  private final List<Call> calls = new ArrayList<>();
  private Function<Call, Answer> script = call -> Answer.error(400, "InvalidAction", "no script");

  /** One call as it came over the wire. */
  record Call(int number, Map<String, String> parameters) {
    String action() {
      return get("Action");
    }

    String get(String name) {
      return parameters.getOrDefault(name, "");
    }

    /** Values of {@code name.1}, {@code name.2} and so on. */
    List<String> list(String name) {
      List<String> values = new ArrayList<>();
      while (parameters.containsKey(name + "." + (values.size() + 1))) {
        values.add(get(name + "." + (values.size() + 1)));
      }
      return values;
    }
  }

  /** What goes back; status 0 hangs up without a word, status -1 never answers. */
  record Answer(int status, String body) {
    static final Answer HANG_UP = new Answer(0, "");
    static final Answer SILENCE = new Answer(-1, "");

    static Answer ok(String action, String content) {
      return new Answer(
          200,
          "<%sResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>r</requestId>%s</%sResponse>"
              .formatted(action, content, action));
    }

    static Answer error(int status, String code, String message) {
      return new Answer(
          status,
          "<Response><Errors><Error><Code>%s</Code><Message>%s</Message></Error></Errors><RequestID>r-1</RequestID></Response>"
              .formatted(code, message));
    }
  }

  Ec2Stub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Forgets earlier calls and answers by the script from now on. */
  synchronized void answers(Function<Call, Answer> next) {
    calls.clear();
    script = next;
  }

  synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  synchronized List<Call> calls(String action) {
    return calls.stream().filter(call -> call.action().equals(action)).toList();
  }

  private synchronized Answer next(Map<String, String> parameters) {
    Call call = new Call(calls.size() + 1, parameters);
    calls.add(call);
    return script.apply(call);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Answer answer = next(parse(form));
    if (answer.status() > 0) {
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "text/xml;charset=UTF-8");
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
    if (answer.status() >= 0) {
      exchange.close();
    }
  }

  private static Map<String, String> parse(String form) {
    Map<String, String> parameters = new TreeMap<>();
    Arrays.stream(form.split("&"))
        .map(pair -> pair.split("=", 2))
        .forEach(pair -> parameters.put(decoded(pair[0]), pair.length > 1 ? decoded(pair[1]) : ""));
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
