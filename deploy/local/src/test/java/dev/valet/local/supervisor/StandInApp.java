package dev.valet.local.supervisor;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** What a build makes, with stand-ins for the API and the local EC2. */
final class StandInApp {
  private static final String EC2_SOURCE =
      """
      package dev.valet.local.ec2;
      public class LocalEc2Main {
        public static void main(String[] arguments) throws Exception {
          dev.valet.local.supervisor.StandInEc2.main(arguments);
        }
      }
      """;

  private final Path folder;

  private StandInApp(Path folder) {
    this.folder = folder;
  }

  static StandInApp in(Path folder) {
    try {
      Files.createDirectories(folder.resolve("api"));
      Files.createDirectories(folder.resolve("worker-agent"));
      Files.createDirectories(folder.resolve("identity/lib"));
      Path seed = Files.createDirectories(folder.resolve("seed"));
      Files.copy(Path.of("src/main/seed/templates.json"), seed.resolve("templates.json"));
      identityJar(folder.resolve("identity/lib/all.jar"));
      apiJar(folder.resolve("api/quarkus-run.jar"));
      compileEc2(folder.resolve("ec2"));
      return new StandInApp(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** First on the class path, so that it hides the real one. */
  String classPath() {
    return folder.getFileName() + "/ec2:" + System.getProperty("java.class.path");
  }

  private static void apiJar(Path file) throws IOException {
    Manifest manifest = manifest();
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StandInApi.class.getName());
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      String name = StandInApi.class.getName().replace('.', '/') + ".class";
      jar.putNextEntry(new JarEntry(name));
      try (var in = StandInApi.class.getClassLoader().getResourceAsStream(name)) {
        Objects.requireNonNull(in).transferTo(jar);
      }
    }
  }

  /** One jar that names the provider's real ones, which lie where the build put them. */
  private static void identityJar(Path file) throws IOException {
    try (Stream<Path> jars = Files.list(Path.of("identity/target/lib"))) {
      Manifest manifest = manifest();
      String all = jars.map(jar -> jar.toUri().toString()).collect(Collectors.joining(" "));
      manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, all);
      new JarOutputStream(Files.newOutputStream(file), manifest).close();
    }
  }

  private static Manifest manifest() {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    return manifest;
  }

  private static void compileEc2(Path into) throws IOException {
    Path source = Files.createDirectories(into).resolve("LocalEc2Main.java");
    Files.writeString(source, EC2_SOURCE);
    List<String> arguments =
        List.of(
            "-proc:none",
            "-cp",
            System.getProperty("java.class.path"),
            "-d",
            into.toString(),
            source.toString());
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    if (status != 0) {
      throw new IllegalStateException("the stand-in for the local EC2 does not compile");
    }
  }
}
