package dev.valet.agent.desktop;

import dev.valet.common.agent.VncMode;
import io.vertx.core.buffer.Buffer;

/**
 * What a viewer says after the handshake, message by message however it is cut into pieces. A
 * viewer that only looks on has its input left out; what is not known ends the connection, since
 * nobody knows where it ends. Holds at most the head of one message.
 */
final class ViewerMessages {
  private static final int MOST_ENCODINGS = 256;
  private static final int LONGEST_CUT_TEXT = 1024 * 1024;
  private static final int LONGEST_FENCE = 64;

  private final boolean mayControl;
  private Buffer head = Buffer.buffer();
  private int bodyLeft;
  private boolean forwards;
  private long inputs;

  ViewerMessages(VncMode mode) {
    this.mayControl = mode == VncMode.CONTROL;
  }

  /** The viewer said what it may not, or what nobody understands. */
  static final class Unknown extends Exception {
    Unknown(String message) {
      super(message);
    }
  }

  /** How many inputs were passed on so far. */
  long inputs() {
    return inputs;
  }

  /** What of this part the VNC server shall get; may be empty. */
  Buffer accept(Buffer part) throws Unknown {
    Buffer passed = Buffer.buffer(part.length());
    int at = 0;
    while (at < part.length()) {
      if (bodyLeft == 0) {
        head.appendByte(part.getByte(at++));
        beginOnceKnown(passed);
      } else {
        int length = Math.min(bodyLeft, part.length() - at);
        if (forwards) {
          passed.appendBuffer(part, at, length);
        }
        bodyLeft -= length;
        at += length;
      }
    }
    return passed;
  }

  private void beginOnceKnown(Buffer passed) throws Unknown {
    Kind kind = Kind.of(head.getUnsignedByte(0));
    if (head.length() < kind.headLength) {
      return;
    }
    bodyLeft = kind.bodyLength(head);
    forwards = mayControl || !kind.isInput;
    if (forwards) {
      passed.appendBuffer(head);
      inputs += kind.isInput ? 1 : 0;
    }
    head = Buffer.buffer();
  }

  private static int bounded(long length, int most, String what) throws Unknown {
    if (length > most) {
      throw new Unknown(what + " longer than " + most);
    }
    return (int) length;
  }

  /** The messages that are known. The head is as much as tells how long the rest is. */
  private enum Kind {
    SET_PIXEL_FORMAT(0, 1, false) {
      @Override
      int bodyLength(Buffer head) {
        return 19;
      }
    },
    SET_ENCODINGS(2, 4, false) {
      @Override
      int bodyLength(Buffer head) throws Unknown {
        return 4 * bounded(head.getUnsignedShort(2), MOST_ENCODINGS, "a list of encodings");
      }
    },
    UPDATE_REQUEST(3, 1, false) {
      @Override
      int bodyLength(Buffer head) {
        return 9;
      }
    },
    KEY(4, 1, true) {
      @Override
      int bodyLength(Buffer head) {
        return 7;
      }
    },
    POINTER(5, 1, true) {
      @Override
      int bodyLength(Buffer head) {
        return 5;
      }
    },
    CUT_TEXT(6, 8, true) {
      /** Negative lengths mark the extended clipboard. */
      @Override
      int bodyLength(Buffer head) throws Unknown {
        return bounded(Math.abs((long) head.getInt(4)), LONGEST_CUT_TEXT, "a cut text");
      }
    },
    CONTINUOUS_UPDATES(150, 1, false) {
      @Override
      int bodyLength(Buffer head) {
        return 9;
      }
    },
    FENCE(248, 9, false) {
      @Override
      int bodyLength(Buffer head) throws Unknown {
        return bounded(head.getUnsignedByte(8), LONGEST_FENCE, "a fence");
      }
    };

    private final int type;
    private final int headLength;
    private final boolean isInput;

    Kind(int type, int headLength, boolean isInput) {
      this.type = type;
      this.headLength = headLength;
      this.isInput = isInput;
    }

    abstract int bodyLength(Buffer head) throws Unknown;

    static Kind of(int type) throws Unknown {
      for (Kind kind : values()) {
        if (kind.type == type) {
          return kind;
        }
      }
      throw new Unknown("message type " + type + " is not allowed");
    }
  }
}
