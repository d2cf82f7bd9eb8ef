package dev.valet.agent.engine.wire;

import java.io.IOException;

/** The browser answered that it cannot do what it was asked. */
public final class ProtocolFailure extends IOException {
  private static final long serialVersionUID = 1L;

  ProtocolFailure(String message) {
    super(message);
  }
}
