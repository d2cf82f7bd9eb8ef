package dev.valet.local.audit;

import dev.valet.local.host.StartException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What to verify, and against what.
 *
 * @param data the data folder of the Valet to ask
 * @param export an export to verify instead; null to ask
 * @param checkpoint file or folder of checkpoints; null for those of the data folder, if any
 * @param publicKey whose signatures are believed; null for the data folder's
 * @param partial whether the export has filters, so that its lines are no chain
 * @param json whether the result is for programs
 */
record VerifyOptions(
    Path data,
    @Nullable Path export,
    @Nullable Path checkpoint,
    @Nullable Path publicKey,
    boolean partial,
    boolean json) {

  /**
   * Reads {@code verify} and its options.
   *
   * @throws StartException if one is not known or lacks its value
   */
  static VerifyOptions parse(String... arguments) {
    Path data = Path.of(".valet");
    Path export = null;
    Path checkpoint = null;
    Path publicKey = null;
    boolean partial = false;
    boolean json = false;
    boolean verify = false;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "verify" -> verify = true;
        case "--partial" -> partial = true;
        case "--json" -> json = true;
        case "--data" -> data = file(arguments, ++i);
        case "--export" -> export = file(arguments, ++i);
        case "--checkpoint" -> checkpoint = file(arguments, ++i);
        case "--public-key" -> publicKey = file(arguments, ++i);
        default -> throw misused("there is no option " + arguments[i]);
      }
    }
    if (!verify) {
      throw misused("it takes the word verify");
    }
    return new VerifyOptions(data, export, checkpoint, publicKey, partial, json);
  }

  private static Path file(String[] arguments, int at) {
    if (at == arguments.length) {
      throw misused(arguments[at - 1] + " needs a file");
    }
    return Path.of(arguments[at]);
  }

  private static StartException misused(String what) {
    return new StartException(what + "; see ./valet --help");
  }
}
