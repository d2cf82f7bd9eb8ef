package dev.valet.local.ec2.wire;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.function.BiConsumer;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** An answer in EC2's XML: elements without attributes, lists of {@code <item>}s. */
public final class XmlAnswer {

  private static final String NAMESPACE = "http://ec2.amazonaws.com/doc/2016-11-15/";
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final XMLOutputFactory FACTORY = XMLOutputFactory.newFactory();

  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter xml;

  private XmlAnswer() {
    try {
      xml = FACTORY.createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
    } catch (XMLStreamException e) {
      throw broken(e);
    }
  }

  /** Begins the successful answer to an action. */
  public static XmlAnswer to(String action, String requestId) {
    XmlAnswer answer = new XmlAnswer();
    answer.start(action + "Response");
    try {
      answer.xml.writeDefaultNamespace(NAMESPACE);
    } catch (XMLStreamException e) {
      throw broken(e);
    }
    return answer.element("requestId", requestId);
  }

  /** The whole answer to a refused call. */
  public static byte[] refusal(Ec2Refusal refusal, String requestId) {
    XmlAnswer answer = new XmlAnswer();
    answer.start("Response");
    answer.nested(
        "Errors",
        errors ->
            errors.nested(
                "Error",
                error -> error.element("Code", refusal.code()).element("Message", refusal.text())));
    return answer.element("RequestID", requestId).bytes();
  }

  /** An element with text; nothing at all for null. */
  public XmlAnswer element(String name, @Nullable String value) {
    if (value != null) {
      start(name);
      characters(value);
      end();
    }
    return this;
  }

  /** An element with a number. */
  public XmlAnswer element(String name, long value) {
    return element(name, Long.toString(value));
  }

  /** An element with a truth value. */
  public XmlAnswer element(String name, boolean value) {
    return element(name, Boolean.toString(value));
  }

  /** An element with a point in time, in milliseconds; nothing at all for null. */
  public XmlAnswer element(String name, @Nullable Instant value) {
    return element(name, value == null ? null : TIMESTAMP.format(value));
  }

  /** An element with elements. */
  public XmlAnswer nested(String name, Content content) {
    start(name);
    content.writeTo(this);
    end();
    return this;
  }

  /** A list of structures; an empty element for an empty list. */
  public <T> XmlAnswer list(String name, Collection<T> items, BiConsumer<XmlAnswer, T> writer) {
    start(name);
    items.forEach(item -> nested("item", answer -> writer.accept(answer, item)));
    end();
    return this;
  }

  /** A list of plain values. */
  public XmlAnswer texts(String name, Collection<String> values) {
    start(name);
    values.forEach(value -> element("item", value));
    end();
    return this;
  }

  /** Ends the answer. */
  public byte[] bytes() {
    try {
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw broken(e);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Whether XML 1.0 can carry a character at all; most control characters it cannot. */
  public static boolean isXmlCharacter(int codePoint) {
    return codePoint == '\t'
        || codePoint == '\n'
        || codePoint == '\r'
        || (codePoint >= 0x20 && codePoint <= 0xD7FF)
        || (codePoint >= 0xE000 && codePoint <= 0xFFFD)
        || codePoint >= 0x10000;
  }

  private void start(String name) {
    try {
      xml.writeStartElement(name);
    } catch (XMLStreamException e) {
      throw broken(e);
    }
  }

  private void characters(String value) {
    try {
      int from = 0;
      // A bare carriage return would reach the reader as a line feed: XML normalises line ends.
      for (int at = value.indexOf('\r'); at >= 0; at = value.indexOf('\r', from)) {
        xml.writeCharacters(value.substring(from, at));
        xml.writeEntityRef("#13");
        from = at + 1;
      }
      xml.writeCharacters(value.substring(from));
    } catch (XMLStreamException e) {
      throw broken(e);
    }
  }

  private void end() {
    try {
      xml.writeEndElement();
    } catch (XMLStreamException e) {
      throw broken(e);
    }
  }

  private static IllegalStateException broken(XMLStreamException e) {
    return new IllegalStateException("Cannot write the answer as XML", e);
  }

  /** What stands inside an element. */
  @FunctionalInterface
  public interface Content {
    /** Writes it. */
    void writeTo(XmlAnswer answer);
  }
}
