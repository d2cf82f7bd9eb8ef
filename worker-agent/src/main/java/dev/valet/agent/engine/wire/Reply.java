package dev.valet.agent.engine.wire;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;

/** Reads replies; large ones without making objects of them. */
final class Reply {
  /** A message that answers nothing is an event. */
  static final long NO_ID = -1;

  private static final int LONGEST_REASON = 300;

  private Reply() {}

  /** Which call it answers. Browsers write that before the result, so that little is read. */
  static long id(JsonFactory json, byte[] message) throws IOException {
    try (JsonParser parser = json.createParser(message)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals("id");
        JsonToken value = parser.nextToken();
        if (found && value == JsonToken.VALUE_NUMBER_INT) {
          return parser.getLongValue();
        }
        parser.skipChildren();
      }
      return NO_ID;
    }
  }

  /** The result, unless the reply tells of a failure. */
  static JsonNode result(JsonNode reply, String method) throws ProtocolFailure {
    JsonNode error = reply.path("error");
    if (error.isMissingNode()) {
      return reply.path("result");
    }
    // CDP: an object with a message. BiDi: a code, the message beside it.
    String message =
        error.isObject()
            ? error.path("message").asText()
            : error.asText() + ": " + reply.path("message").asText();
    throw new ProtocolFailure(
        method
            + ": "
            + (message.length() > LONGEST_REASON ? message.substring(0, LONGEST_REASON) : message));
  }

  /** Writes the bytes of {@code result.data}; no if there is none. */
  static boolean writeData(JsonFactory json, byte[] message, OutputStream out) throws IOException {
    try (JsonParser parser = json.createParser(message)) {
      parser.nextToken();
      if (!enter(parser, "result") || parser.currentToken() != JsonToken.START_OBJECT) {
        return false;
      }
      if (!enter(parser, "data") || parser.currentToken() != JsonToken.VALUE_STRING) {
        return false;
      }
      parser.readBinaryValue(Base64Variants.MIME_NO_LINEFEEDS, out);
      return true;
    }
  }

  /** Goes to the value of that field of the current object. */
  private static boolean enter(JsonParser parser, String field) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean found = parser.currentName().equals(field);
      parser.nextToken();
      if (found) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }
}
