package dev.valet.local.hatchet;

import dev.valet.local.host.Commands;
import dev.valet.local.host.Commands.Result;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Go that is installed here.
 *
 * @param program its command
 */
public record GoToolchain(String program) {
  /** Oldest version that builds the engine. */
  static final int LEAST_MINOR = 26;

  private static final List<String> PLACES =
      List.of("go", "/usr/local/go/bin/go", "/usr/lib/go/bin/go");
  private static final Pattern VERSION = Pattern.compile("go version go1\\.(\\d{1,4}).*");
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** A Go that is new enough; empty where there is none. */
  public static Optional<GoToolchain> find() {
    return PLACES.stream().filter(GoToolchain::isUsable).findFirst().map(GoToolchain::new);
  }

  private static boolean isUsable(String program) {
    try {
      Result answer = Commands.run(List.of(program, "version"), LIMIT);
      return answer.ok() && isNewEnough(answer.output());
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  static boolean isNewEnough(String answer) {
    Matcher version = VERSION.matcher(answer);
    return version.matches() && Integer.parseInt(version.group(1)) >= LEAST_MINOR;
  }
}
