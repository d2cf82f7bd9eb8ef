package dev.valet.local.desktop;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Asks an X server where its pointer is, as any X program would: with the cookie of the display.
 */
public final class XPointer {
  private static final String KIND = "MIT-MAGIC-COOKIE-1";

  private XPointer() {}

  /** Where the pointer is. */
  public record Place(int x, int y) {}

  /**
   * Where it is now.
   *
   * @param display such as {@code :1}
   * @param cookies file that ends with the cookie
   */
  public static Place of(String display, Path cookies) throws IOException {
    byte[] entry = Files.readAllBytes(cookies);
    return of(display, Arrays.copyOfRange(entry, entry.length - 16, entry.length));
  }

  /** The same with this cookie; fails if the X server refuses it. */
  public static Place of(String display, byte[] cookie) throws IOException {
    Path socket = Path.of("/tmp/.X11-unix/X" + display.substring(1));
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
      channel.write(ByteBuffer.wrap(hello(cookie)));
      int root = root(in);
      ByteBuffer question = ByteBuffer.allocate(8).put((byte) 38).put((byte) 0);
      question.putShort((short) 2).putInt(root).flip();
      channel.write(question);
      byte[] answer = in.readNBytes(32);
      ByteBuffer read = ByteBuffer.wrap(answer);
      return new Place(read.getShort(16), read.getShort(18));
    }
  }

  private static byte[] hello(byte[] cookie) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte('B'); // big-endian
    out.writeByte(0);
    out.writeShort(11);
    out.writeShort(0);
    out.writeShort(KIND.length());
    out.writeShort(cookie.length);
    out.writeShort(0);
    out.write(KIND.getBytes(StandardCharsets.US_ASCII));
    out.write(new byte[2]); // to a multiple of four
    out.write(cookie);
    return bytes.toByteArray();
  }

  private static int root(DataInputStream in) throws IOException {
    int accepted = in.readUnsignedByte();
    in.readUnsignedByte();
    in.readInt(); // version
    byte[] rest = in.readNBytes(4 * in.readUnsignedShort());
    if (accepted != 1) {
      throw new IOException("refused: " + new String(rest, StandardCharsets.US_ASCII).strip());
    }
    ByteBuffer setup = ByteBuffer.wrap(rest);
    int vendor = (setup.getShort(16) + 3) / 4 * 4;
    int formats = setup.get(21) * 8;
    return setup.getInt(32 + vendor + formats);
  }
}
