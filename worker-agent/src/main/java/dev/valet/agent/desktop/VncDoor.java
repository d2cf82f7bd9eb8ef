package dev.valet.agent.desktop;

/**
 * Where the VNC server lets in who knows its password. Neither leaves this machine.
 *
 * @param port on 127.0.0.1
 * @param password of this start of the server
 */
record VncDoor(int port, String password) {
  @Override
  public String toString() {
    return "127.0.0.1:" + port;
  }
}
