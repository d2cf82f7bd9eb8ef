package dev.valet.api.realtime;

import dev.valet.api.testkit.EventClient;
import dev.valet.api.testkit.TestTokens;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Clients of {@code /api/v1/events}. Loops are off: nothing flows but by these tests. */
abstract class EventSteps {
  static final String ALL = "{\"subscribe\": {}}";

  @Inject Stream stream;
  @Inject Sockets sockets;

  final List<EventClient> clients = new ArrayList<>();

  static int port() {
    return io.restassured.RestAssured.port;
  }

  @BeforeEach
  void quiet() {
    stream.flow();
  }

  @AfterEach
  void disconnect() {
    clients.forEach(EventClient::close);
  }

  EventClient client(String group) {
    return connect(TestTokens.as(group));
  }

  EventClient connect(String token) {
    EventClient client = EventClient.connect(port(), token);
    clients.add(client);
    return client;
  }

  static List<Long> numbers(List<JsonObject> messages) {
    return messages.stream().map(message -> message.getLong("seq")).toList();
  }

  static String what(JsonObject message) {
    return message.getJsonObject("data").getString("what");
  }
}
