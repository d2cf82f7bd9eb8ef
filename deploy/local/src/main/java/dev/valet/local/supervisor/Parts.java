package dev.valet.local.supervisor;

import dev.valet.local.hatchet.HatchetEngine;
import dev.valet.local.host.JavaCommand;
import dev.valet.local.host.LogFile;
import dev.valet.local.identity.IdentityServer;
import dev.valet.local.postgres.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** The parts of one installation: how each is started and when it is ready. */
final class Parts {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);
  private static final int UNAVAILABLE = 503;

  private final Installation installation;
  private final Path app;
  private final HatchetChoice hatchet;
  private final HttpClient http;
  private final PostgresPart postgres;
  private final IdentityServer identityServer;

  /**
   * @param app the folder with what was built
   */
  Parts(Installation installation, Path app, HatchetChoice hatchet, HttpClient http) {
    this.installation = installation;
    this.app = app;
    this.hatchet = hatchet;
    this.http = http;
    this.postgres = new PostgresPart(installation.data());
    this.identityServer = IdentityServer.of(installation.data(), app.resolve("identity/lib"));
  }

  PostgresPart postgres() {
    return postgres;
  }

  IdentityServer identityServer() {
    return identityServer;
  }

  ProcessPart identity() {
    return part(
        "Identity provider",
        "identity",
        () -> ChildEnvironment.only(identityServer.command()),
        () -> identityServer.isReady(http));
  }

  ProcessPart ec2() {
    return part(
        "Local EC2",
        "ec2",
        this::ec2Command,
        () -> answers(installation.ec2Endpoint() + "/", status -> status != UNAVAILABLE));
  }

  private ProcessBuilder ec2Command() {
    List<String> program =
        List.of(
            "-cp",
            JavaCommand.classPath(),
            "dev.valet.local.ec2.LocalEc2Main",
            "--data",
            installation.data().toString(),
            "--port",
            Integer.toString(installation.ec2Port()),
            "--network",
            installation.network(),
            "--agent-app",
            app.resolve("worker-agent").toString());
    ProcessBuilder builder =
        new ProcessBuilder(
            JavaCommand.of(
                List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), program));
    ChildEnvironment.only(builder).environment().putAll(installation.ec2Environment());
    return builder.directory(installation.data().toFile());
  }

  /** The task engine, on a database of its own; PostgreSQL must have been started. */
  ProcessPart hatchet(HatchetEngine engine, Path executable) {
    return part(
        "Hatchet engine",
        "hatchet",
        () -> {
          String database = postgres.server().createHatchetDatabase("hatchet");
          ProcessBuilder builder = ChildEnvironment.only(engine.command(executable));
          builder.environment().putAll(HatchetEngine.environment(database));
          return builder;
        },
        engine::isReady);
  }

  /** The API exactly as it ships; PostgreSQL must have been started. */
  ProcessPart api() {
    return part(
        "API",
        "api",
        this::apiCommand,
        () ->
            answers(
                "http://127.0.0.1:" + installation.port() + "/q/health/ready",
                status -> status == 200));
  }

  private ProcessBuilder apiCommand() {
    Path folder = app.resolve("api");
    List<String> flags = new ArrayList<>(List.of("-Xmx256m", "-XX:+UseSerialGC"));
    if (hasAotCache(folder)) {
      flags.addAll(List.of("-XX:AOTCache=app.aot", "-Xlog:aot*=error"));
    }
    ProcessBuilder builder =
        new ProcessBuilder(JavaCommand.of(flags, List.of("-jar", "quarkus-run.jar")));
    PostgresServer server = postgres.server();
    ChildEnvironment.only(builder)
        .environment()
        .putAll(ApiEnvironment.of(installation, server, identityServer.issuer(), templates()));
    builder.environment().putAll(hatchet.apiEnvironment());
    return builder.directory(folder.toFile());
  }

  /** The agents' own path: what is elsewhere, they do not find. */
  private Path templates() {
    return SeedTemplates.write(
        app.resolve("seed/templates.json"), installation.data(), "/usr/local/bin:/usr/bin:/bin");
  }

  /** A cache older than the program was made for another one; Java would refuse it, slowly. */
  private static boolean hasAotCache(Path folder) {
    try {
      return Files.getLastModifiedTime(folder.resolve("app.aot"))
              .compareTo(Files.getLastModifiedTime(folder.resolve("quarkus-run.jar")))
          >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  private ProcessPart part(
      String name,
      String file,
      java.util.function.Supplier<ProcessBuilder> command,
      java.util.function.BooleanSupplier ready) {
    Path data = installation.data();
    return new ProcessPart(
        name,
        new LogFile(data.resolve("logs/" + file + ".log")),
        command,
        ready,
        data.resolve("run/" + file + ".pid"));
  }

  private boolean answers(String url, IntPredicate good) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(ANSWER_LIMIT).build();
    try {
      return good.test(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
