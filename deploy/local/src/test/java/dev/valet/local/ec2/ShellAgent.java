package dev.valet.local.ec2;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

/** A few lines of shell that stand in for the agent: a real process with real signals. */
public final class ShellAgent {

  private ShellAgent() {}

  /** Ends on SIGTERM, and says so. */
  public static Path obedient(Path folder) throws IOException {
    return script(folder, "trap 'echo goodbye; exit 0' TERM");
  }

  /** Ends on SIGKILL only. */
  public static Path stubborn(Path folder) throws IOException {
    return script(folder, "trap 'echo no' TERM");
  }

  /** Asks for its machine to be switched off, and ends. */
  public static Path tired(Path folder) throws IOException {
    return script(
        folder,
        "mkdir -p var/lib/valet/requests; echo off > var/lib/valet/requests/power-off; exit 0");
  }

  private static Path script(Path folder, String onTerm) throws IOException {
    Path script = folder.resolve("agent.sh");
    Files.writeString(
        script,
        """
        #!/bin/sh
        %s
        echo "hello from $(pwd)"
        env
        while :; do sleep 0.05; done
        """
            .formatted(onTerm));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }

  /** User-data with this agent.env, in base64. */
  public static String userData(String environment) {
    String content =
        Base64.getEncoder().encodeToString(environment.getBytes(StandardCharsets.UTF_8));
    String document =
        """
        #cloud-config
        write_files:
        - {path: /etc/valet/agent.env, permissions: '0600', encoding: b64, content: %s}
        """
            .formatted(content);
    return Base64.getEncoder().encodeToString(document.getBytes(StandardCharsets.UTF_8));
  }
}
