package dev.valet.agent.desktop;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where programs can open windows.
 *
 * @param name such as {@code :1}
 * @param cookies file with the cookie without which the X server refuses a program
 */
public record Display(String name, Path cookies) {
  /** The environment variables that lead a program there. */
  public Map<String, String> environment() {
    return Map.of("DISPLAY", name, "XAUTHORITY", cookies.toString());
  }
}
