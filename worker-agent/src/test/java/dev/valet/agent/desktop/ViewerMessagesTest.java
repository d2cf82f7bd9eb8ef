package dev.valet.agent.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.valet.common.agent.VncMode;
import io.vertx.core.buffer.Buffer;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ViewerMessagesTest {
  private static final Set<Integer> KNOWN = Set.of(0, 2, 3, 4, 5, 6, 150, 248);
  private static final Set<Integer> INPUT = Set.of(4, 5, 6);

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  /** Whatever the messages and however they are cut, as a client and a network may do. */
  @ParameterizedTest
  @MethodSource("seeds")
  void inputAloneIsLeftOutOfAView(int seed) throws Exception {
    Random random = new Random(seed);
    Buffer all = Buffer.buffer();
    Buffer withoutInput = Buffer.buffer();
    int inputs = 0;
    for (int i = 0; i < 40; i++) {
      int type =
          KNOWN.stream().sorted().skip(random.nextInt(KNOWN.size())).findFirst().orElseThrow();
      Buffer message = message(type, random);
      all.appendBuffer(message);
      if (INPUT.contains(type)) {
        inputs++;
      } else {
        withoutInput.appendBuffer(message);
      }
    }

    assertThat(inPieces(new ViewerMessages(VncMode.VIEW), all, random)).isEqualTo(withoutInput);
    ViewerMessages control = new ViewerMessages(VncMode.CONTROL);
    assertThat(inPieces(control, all, random)).isEqualTo(all);
    assertThat(control.inputs()).isEqualTo(inputs);
  }

  static IntStream unknownTypes() {
    return IntStream.range(0, 256).filter(type -> !KNOWN.contains(type));
  }

  @ParameterizedTest
  @MethodSource("unknownTypes")
  void whatIsNotKnownIsRefused(int type) {
    for (VncMode mode : VncMode.values()) {
      assertThatThrownBy(
              () -> new ViewerMessages(mode).accept(Buffer.buffer(new byte[] {(byte) type})))
          .isInstanceOf(ViewerMessages.Unknown.class)
          .hasMessageContaining(Integer.toString(type));
    }
  }

  @Test
  void lengthsHaveLimits() {
    refused(Buffer.buffer().appendByte((byte) 2).appendByte((byte) 0).appendUnsignedShort(257));
    refused(cutText(1024 * 1024 + 1));
    refused(cutText(Integer.MIN_VALUE));
    refused(
        Buffer.buffer()
            .appendByte((byte) 248)
            .appendBytes(new byte[7])
            .appendUnsignedByte((short) 65));
  }

  @Test
  void theExtendedClipboardHasANegativeLength() throws Exception {
    Buffer message = cutText(-5).appendBytes(new byte[] {1, 2, 3, 4, 5});
    Buffer request = message(3, new Random(1));

    assertThat(new ViewerMessages(VncMode.VIEW).accept(message.copy().appendBuffer(request)))
        .isEqualTo(request);
  }

  private static void refused(Buffer message) {
    assertThatThrownBy(() -> new ViewerMessages(VncMode.CONTROL).accept(message))
        .isInstanceOf(ViewerMessages.Unknown.class);
  }

  private static Buffer cutText(int length) {
    return Buffer.buffer().appendByte((byte) 6).appendBytes(new byte[3]).appendInt(length);
  }

  private static Buffer inPieces(ViewerMessages messages, Buffer all, Random random)
      throws ViewerMessages.Unknown {
    Buffer passed = Buffer.buffer();
    int at = 0;
    while (at < all.length()) {
      int length = Math.min(all.length() - at, random.nextInt(1 + random.nextInt(40)));
      passed.appendBuffer(messages.accept(all.getBuffer(at, at + length)));
      at += length;
    }
    return passed;
  }

  /** Bodies are random, so they hold what looks like the beginnings of messages. */
  private static Buffer message(int type, Random random) {
    Buffer message = Buffer.buffer().appendUnsignedByte((short) type);
    return switch (type) {
      case 0 -> message.appendBytes(bytes(19, random));
      case 2 -> {
        int count = random.nextInt(30);
        yield message
            .appendByte((byte) 0)
            .appendUnsignedShort(count)
            .appendBytes(bytes(4 * count, random));
      }
      case 3, 150 -> message.appendBytes(bytes(9, random));
      case 4 -> message.appendBytes(bytes(7, random));
      case 5 -> message.appendBytes(bytes(5, random));
      case 6 -> {
        int length = random.nextInt(300);
        yield message
            .appendBytes(bytes(3, random))
            .appendInt(length)
            .appendBytes(bytes(length, random));
      }
      case 248 -> {
        int length = random.nextInt(65);
        yield message
            .appendBytes(bytes(7, random))
            .appendByte((byte) length)
            .appendBytes(bytes(length, random));
      }
      default -> throw new IllegalArgumentException("no message of type " + type);
    };
  }

  private static byte[] bytes(int length, Random random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
