package dev.valet.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the agent's structure. Each says why; an exception is named here or nowhere. */
@AnalyzeClasses(packages = "dev.valet.agent", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "dev.valet.agent";
  private static final int LONGEST_FILE = 400;

  @ArchTest
  static final ArchRule packagesAreLayered =
      Architectures.layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("start and stop")
          .definedBy(ROOT)
          .layer("health")
          .definedBy(ROOT + ".health..")
          .layer("control")
          .definedBy(ROOT + ".control..")
          .layer("trust")
          .definedBy(ROOT + ".trust..")
          .layer("hatchet")
          .definedBy(ROOT + ".hatchet..")
          .layer("desktop")
          .definedBy(ROOT + ".desktop..")
          .layer("task")
          .definedBy(ROOT + ".task..")
          .layer("engine")
          .definedBy(ROOT + ".engine..")
          .layer("netguard")
          .definedBy(ROOT + ".netguard..")
          .layer("identity")
          .definedBy(ROOT + ".identity..")
          .layer("lifecycle")
          .definedBy(ROOT + ".lifecycle..")
          .layer("sysmetrics")
          .definedBy(ROOT + ".sysmetrics..")
          .layer("platform")
          .definedBy(ROOT + ".platform..")
          .whereLayer("start and stop")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("health")
          .mayOnlyBeAccessedByLayers("start and stop")
          .whereLayer("control")
          .mayOnlyBeAccessedByLayers("start and stop")
          .whereLayer("trust")
          .mayOnlyBeAccessedByLayers("start and stop", "control", "desktop")
          .whereLayer("hatchet")
          .mayOnlyBeAccessedByLayers("start and stop")
          .whereLayer("desktop")
          .mayOnlyBeAccessedByLayers("start and stop", "task")
          .whereLayer("task")
          .mayOnlyBeAccessedByLayers("start and stop", "hatchet", "health", "control")
          .whereLayer("engine")
          .mayOnlyBeAccessedByLayers("start and stop", "task", "control")
          .whereLayer("netguard")
          .mayOnlyBeAccessedByLayers("engine", "task")
          .whereLayer("identity")
          .mayOnlyBeAccessedByLayers("start and stop", "control")
          .whereLayer("sysmetrics")
          .mayOnlyBeAccessedByLayers("health")
          .whereLayer("lifecycle")
          .mayOnlyBeAccessedByLayers("start and stop", "health", "identity", "control", "trust")
          .because(
              "health must answer without the API, and nothing may depend on the order of start");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      SlicesRuleDefinition.slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyTheWorkerSpeaksGrpc =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".hatchet..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.grpc..", "io.vertx.grpc..", "com.google.protobuf..")
          .because("the engine's wire contract is one package's business");

  @ArchTest
  static final ArchRule clocksAreInjected =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".platform.time")
          .should()
          .callMethodWhere(readsAClock())
          .because("tests step the time");

  @ArchTest
  static final ArchRule nothingSleepsOrBlocks =
      noClasses()
          .should()
          .callMethodWhere(waits())
          .because("timers wait without holding a thread, and a blocked event loop answers nobody");

  @ArchTest
  static final ArchRule injectionIsByConstructor =
      noFields().should().beAnnotatedWith(Inject.class).because("tests build objects by hand");

  @ArchTest
  static final ArchRule settingsAreReadInOnePlace =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("org.eclipse.microprofile.config.inject.ConfigProperty")
          .because("a wrong setting must stop the start with one line that names all of them");

  @ArchTest
  static final ArchRule nothingRandomOrTimedIsStatic =
      fields()
          .that()
          .areStatic()
          .should()
          .notHaveRawType(
              new DescribedPredicate<>("a source of randomness or time") {
                @Override
                public boolean test(com.tngtech.archunit.core.domain.JavaClass type) {
                  return type.isAssignableTo(SecureRandom.class)
                      || type.isAssignableTo(RandomGenerator.class)
                      || type.isAssignableTo(Clock.class);
                }
              })
          .because("the native executable would carry the builder's seed and start time");

  @ArchTest
  static final ArchRule decisionsArePure =
      noClasses()
          .that()
          .haveSimpleName("HealthReport")
          .or()
          .haveSimpleName("Backoff")
          .or()
          .haveSimpleName("LifecycleState")
          .or()
          .haveSimpleName("CpuTimes")
          .or()
          .haveSimpleName("SettingSyntax")
          .or()
          .haveSimpleName("TokenVerifier")
          .or()
          .haveSimpleName("DrainPlan")
          .or()
          .haveSimpleName("NoticePlanner")
          .or()
          .haveSimpleName("LinkPlanner")
          .or()
          .haveSimpleName("Link")
          .or()
          .haveSimpleName("EnginePlanner")
          .or()
          .haveSimpleName("EngineState")
          .or()
          .haveSimpleName("AddressPolicy")
          .or()
          .haveSimpleName("Target")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "io.quarkus..", "io.smallrye..", "jakarta.inject..");

  @ArchTest
  static final ArchRule beansAreFinal =
      classes()
          .that()
          .areAnnotatedWith(jakarta.inject.Singleton.class)
          .should()
          .haveModifier(JavaModifier.FINAL)
          .because("nothing is meant to be subclassed or proxied");

  private static final Set<String> UTILITY_NAMES =
      Set.of("Util", "Utils", "Helper", "Manager", "Impl");

  @Test
  void namesSayWhatAThingIs() throws IOException {
    try (Stream<Path> files = sources()) {
      assertThat(files)
          .noneMatch(file ->
              UTILITY_NAMES.stream()
                  .anyMatch(word -> file.getFileName().toString().endsWith(word + ".java")));
    }
  }

  @Test
  void filesStayReadable() throws IOException {
    try (Stream<Path> files = sources()) {
      for (Path file : files.toList()) {
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).as(file.toString()).hasSizeLessThanOrEqualTo(LONGEST_FILE);
      }
    }
  }

  @Test
  void everyPackageSaysItsPurpose() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/valet/agent"))) {
      assertThat(files.filter(Files::isDirectory))
          .isNotEmpty()
          .allSatisfy(folder ->
              assertThat(folder.resolve("package-info.java"))
                  .content()
                  .contains("/**", "@NullMarked"));
    }
  }

  @SuppressWarnings("StreamResourceLeak") // The callers close it.
  private static Stream<Path> sources() throws IOException {
    return Files.walk(Path.of("src")).filter(file -> file.toString().endsWith(".java"));
  }

  private static DescribedPredicate<JavaCall<?>> readsAClock() {
    return DescribedPredicate.describe(
        "a clock of the machine",
        call -> {
          String owner = call.getTargetOwner().getFullName();
          String name = call.getName();
          boolean now = owner.startsWith("java.time.") && name.equals("now");
          boolean system =
              owner.equals("java.lang.System")
                  && (name.equals("nanoTime") || name.equals("currentTimeMillis"));
          boolean clock = owner.equals("java.time.Clock") && name.startsWith("system");
          return now || system || clock;
        });
  }

  private static DescribedPredicate<JavaCall<?>> waits() {
    return DescribedPredicate.describe(
        "a wait that holds the thread",
        call -> {
          String owner = call.getTargetOwner().getFullName();
          String name = call.getName();
          boolean sleep = owner.equals("java.lang.Thread") && name.equals("sleep");
          boolean await = owner.equals("io.vertx.core.Future") && name.equals("await");
          boolean get =
              (owner.startsWith("java.util.concurrent.Future")
                      || owner.equals("java.util.concurrent.CompletableFuture"))
                  && (name.equals("get") || name.equals("join"));
          return sleep || await || get;
        });
  }
}
