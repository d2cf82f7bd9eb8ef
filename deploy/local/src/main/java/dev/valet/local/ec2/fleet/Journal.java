package dev.valet.local.ec2.fleet;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The file of changes, one JSON line for all that happens together. {@link #append} returns when
 * the line is on disk. A process that dies while it writes leaves a torn last line, which nobody
 * was told about and which is dropped at the next start; damage anywhere else stops the start.
 */
final class Journal implements AutoCloseable {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          // What a record can be asked ("isEnabled") is no part of it.
          .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
          .build();

  /** One line. A record, so that the list keeps the type of its elements for JSON. */
  record Line(List<Change> changes) {}

  private final Path file;
  private FileChannel channel;
  private boolean broken;

  private Journal(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Opens the journal for appending, empty if there is none. */
  static Journal open(Path file) throws IOException {
    return new Journal(file, channel(file));
  }

  private static FileChannel channel(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** All changes, oldest first, without a torn last line. */
  List<Change> replay() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    List<Change> changes = new ArrayList<>();
    int from = 0;
    int number = 1;
    for (int end = lineEnd(bytes, from); end >= 0; end = lineEnd(bytes, from)) {
      boolean last = end == bytes.length - 1;
      changes.addAll(
          parse(new String(bytes, from, end - from, StandardCharsets.UTF_8), number, last));
      from = end + 1;
      number++;
    }
    return changes;
  }

  private static int lineEnd(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private List<Change> parse(String line, int number, boolean last) throws IOException {
    JsonNode tree;
    try {
      tree = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      // Its end can be on disk before its middle, if the power fails.
      if (last) {
        return List.of();
      }
      throw damaged(number, e);
    }
    try {
      return JSON.treeToValue(tree, Line.class).changes();
    } catch (JsonProcessingException e) {
      // Whole, and still not understood: perhaps of another version. It was promised to somebody.
      throw damaged(number, e);
    }
  }

  private IOException damaged(int number, JsonProcessingException cause) {
    return new IOException(
        "Line %d of %s is damaged (%s). Restore the file, or remove the data folder to begin anew."
            .formatted(number, file, cause.getOriginalMessage()),
        cause);
  }

  /** Replaces the whole journal by these changes, atomically. */
  void compact(List<Change> snapshot) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Change change : snapshot) {
      all.write(line(List.of(change)));
    }
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel out =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      writeFully(out, all.toByteArray());
      out.force(true);
    }
    channel.close();
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncFolder();
    channel = channel(file);
    channel.position(channel.size());
  }

  private void syncFolder() throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      try (FileChannel open = FileChannel.open(folder, StandardOpenOption.READ)) {
        open.force(true);
      }
    }
  }

  /**
   * Writes one line and waits until it is on disk.
   *
   * @throws UncheckedIOException when it is not; then nothing of it is in the journal
   */
  void append(List<Change> changes) {
    if (broken) {
      throw new UncheckedIOException(
          new IOException(
              "The journal "
                  + file
                  + " can no longer be written; restart after a look at the disk"));
    }
    try {
      write(line(changes));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private void write(byte[] line) throws IOException {
    long before = channel.size();
    try {
      channel.position(before);
      writeFully(channel, line);
      channel.force(true);
    } catch (IOException e) {
      takeBack(before);
      throw e;
    }
  }

  /** Half a line must not stand in front of the next one. */
  private void takeBack(long length) {
    try {
      channel.truncate(length);
      channel.force(true);
    } catch (IOException e) {
      broken = true;
    }
  }

  private static void writeFully(FileChannel out, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
  }

  private static byte[] line(List<Change> changes) {
    try {
      return (JSON.writeValueAsString(new Line(changes)) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
