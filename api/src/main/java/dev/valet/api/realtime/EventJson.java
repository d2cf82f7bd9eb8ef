package dev.valet.api.realtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.api.platform.problem.JsonFaults;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.common.event.EventMessage;
import dev.valet.common.event.StreamNotice;
import dev.valet.common.event.SubscribeRequest;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;

/** The messages of {@code /api/v1/events} as JSON. */
@ApplicationScoped
@RegisterForReflection(
    targets = {
      EventMessage.class,
      StreamNotice.Subscribed.class,
      StreamNotice.Heartbeat.class,
      StreamNotice.Resync.class,
      StreamNotice.Fault.class,
      SubscribeRequest.class,
      SubscribeRequest.Filter.class
    })
class EventJson {
  /** Longest message of a client, in characters. */
  static final int LONGEST = 8 * 1024;

  private final ObjectMapper json;

  EventJson(ObjectMapper json) {
    this.json = json;
  }

  String write(EventMessage event) {
    return text(event);
  }

  String write(StreamNotice notice) {
    return text(notice);
  }

  /**
   * Reads a client's message.
   *
   * @throws ProblemException that says what is wrong with it
   */
  SubscribeRequest read(String text) {
    if (text.length() > LONGEST) {
      throw ProblemException.field("", "A message may have " + LONGEST + " characters");
    }
    SubscribeRequest request = parse(text);
    if (request == null || request.subscribe() == null) {
      throw ProblemException.field("subscribe", "is missing; {} asks for everything");
    }
    if (request.after() != null && request.after() < 0) {
      throw ProblemException.field("after", "must be 0 or more");
    }
    if (request.subscribe().types() != null && request.subscribe().types().isEmpty()) {
      throw ProblemException.field("subscribe.types", "must name a type, or be left out");
    }
    return request;
  }

  private SubscribeRequest parse(String text) {
    try {
      return json.readValue(text, SubscribeRequest.class);
    } catch (JsonProcessingException e) {
      throw JsonFaults.problem(e);
    }
  }

  private String text(Object message) {
    try {
      return json.writeValueAsString(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A message is always JSON", e);
    }
  }
}
