package dev.valet.local.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

/**
 * A checkout with the real launcher, and with a Maven and a Java that only write down how they were
 * called. Its Maven makes the files that a build makes.
 */
final class FakeCheckout {
  private static final String MAVEN =
      """
      #!/bin/bash
      [[ $1 == -v ]] && exit "${MAVEN_STATUS:-0}"
      echo "$*" >>"%1$s/maven-calls"
      for module in api worker-agent; do
        mkdir -p "%1$s/$module/target/quarkus-app"
        echo app >"%1$s/$module/target/quarkus-app/quarkus-run.jar"
      done
      mkdir -p "%1$s/deploy/local/target/lib" "%1$s/deploy/local/identity/target/lib"
      echo jar >"%1$s/deploy/local/target/valet-local-1.jar"
      echo "[INFO] Building Valet local 1                [6/6]"
      if [[ $* == *verify* ]]; then
        mkdir -p "%1$s/api/target/not-run"
        echo "dashboard: Node 20 or newer is not installed" >"%1$s/api/target/not-run/ui.txt"
        echo "[INFO] Tests run: 12, Failures: 1, Errors: 0, Skipped: 0"
        echo "[ERROR] something failed"
        exit "${VERIFY_STATUS:-7}"
      fi
      """;
  private static final String JAVA =
      """
      #!/bin/bash
      echo "$*"
      """;

  private final Path root;

  private FakeCheckout(Path root) {
    this.root = root;
  }

  static FakeCheckout in(Path root) {
    try {
      FakeCheckout checkout = new FakeCheckout(root);
      Files.copy(Path.of("../../valet"), root.resolve("valet"), StandardCopyOption.COPY_ATTRIBUTES);
      for (String module : List.of("common", "worker-agent", "api", "deploy/local")) {
        checkout.write(module + "/pom.xml", "<project/>");
        checkout.write(module + "/src/main/java/A.java", "class A {}");
      }
      checkout.write("pom.xml", "<project>\n  <version>1.2.3</version>\n</project>");
      checkout.write(".mvn/jvm.config", "");
      checkout.write("docs/api/openapi.yaml", "");
      checkout.write("deploy/local/identity/pom.xml", "<project/>");
      checkout.write("deploy/local/src/main/seed/templates.json", "[]");
      checkout.script("mvnw", MAVEN.formatted(root));
      checkout.jdk("jdk25", "25.0.2");
      checkout.jdk("jdk17", "17.0.1");
      return checkout;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void jdk(String name, String version) throws IOException {
    write(name + "/release", "JAVA_VERSION=\"" + version + "\"\n");
    script(name + "/bin/java", JAVA);
    script(name + "/bin/javac", JAVA);
  }

  Path root() {
    return root;
  }

  /** A terminal in this checkout, with its own JDK 25. */
  Terminal terminal() {
    return new Terminal(root).with("JAVA_HOME", root.resolve("jdk25").toString());
  }

  long builds() throws IOException {
    Path calls = root.resolve("maven-calls");
    return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
  }

  /** Changes a source file, later than anything before. */
  void edit(String file) throws IOException {
    write(file, "changed");
    Files.setLastModifiedTime(
        root.resolve(file), FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
  }

  void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void script(String file, String text) throws IOException {
    write(file, text);
    root.resolve(file).toFile().setExecutable(true);
  }
}
