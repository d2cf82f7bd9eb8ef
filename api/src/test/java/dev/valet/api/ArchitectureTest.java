package dev.valet.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The dependency rules of the architecture. */
@AnalyzeClasses(packages = "dev.valet.api", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  /** Rules 1 and 2: features form a DAG, the platform knows none of them. */
  @ArchTest
  static final ArchRule featuresFormADag =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("dev.valet.api..")
          .layer("platform")
          .definedBy("dev.valet.api.platform..")
          .layer("audit")
          .definedBy("dev.valet.api.audit..")
          .layer("access")
          .definedBy("dev.valet.api.access..")
          .layer("operation")
          .definedBy("dev.valet.api.operation..")
          .layer("secret")
          .definedBy("dev.valet.api.secret..")
          .layer("compute")
          .definedBy("dev.valet.api.compute..")
          .layer("template")
          .definedBy("dev.valet.api.template..")
          .layer("agent")
          .definedBy("dev.valet.api.agent..")
          .layer("health")
          .definedBy("dev.valet.api.health..")
          .layer("taskengine")
          .definedBy("dev.valet.api.taskengine..")
          .layer("sandbox")
          .definedBy("dev.valet.api.sandbox..")
          .layer("realtime")
          .definedBy("dev.valet.api.realtime..")
          .layer("desktop")
          .definedBy("dev.valet.api.desktop..")
          .layer("openapi")
          .definedBy("dev.valet.api.openapi..")
          .layer("dashboard")
          .definedBy("dev.valet.api.dashboard..")
          .whereLayer("openapi")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("dashboard")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("platform")
          .mayNotAccessAnyLayer()
          .whereLayer("audit")
          .mayOnlyAccessLayers("platform")
          .whereLayer("access")
          .mayOnlyAccessLayers("platform", "audit")
          .whereLayer("operation")
          .mayOnlyAccessLayers("platform", "audit", "access")
          .whereLayer("secret")
          .mayOnlyAccessLayers("platform", "audit", "access", "operation")
          .whereLayer("compute")
          .mayOnlyAccessLayers("platform", "audit", "access", "operation")
          .whereLayer("template")
          .mayOnlyAccessLayers("platform", "audit", "access", "operation", "compute")
          .whereLayer("agent")
          .mayOnlyAccessLayers("platform", "audit", "access", "operation", "secret")
          .whereLayer("health")
          .mayOnlyAccessLayers("platform", "audit", "access", "operation", "secret", "agent")
          .whereLayer("taskengine")
          .mayOnlyAccessLayers(
              "platform", "audit", "access", "operation", "secret", "agent", "health")
          .whereLayer("sandbox")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("desktop")
          .mayOnlyAccessLayers("platform", "audit", "access", "agent")
          .whereLayer("desktop")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("realtime")
          .mayOnlyAccessLayers("platform", "audit", "access")
          .whereLayer("realtime")
          .mayNotBeAccessedByAnyLayer();

  /** Rule 3: one user of the EC2 SDK. */
  @ArchTest
  static final ArchRule onlyTheAdapterKnowsTheEc2Sdk =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.valet.api.compute.ec2..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon.awssdk..");

  /** Rule 3: SQL stands in stores. */
  @ArchTest
  static final ArchRule onlyStoresAndThePlatformReadRows =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("Store")
          .and()
          .resideOutsideOfPackage("dev.valet.api.platform..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("dev.valet.api.platform.db.Reads");

  /** Rule 5. */
  @ArchTest
  static final ArchRule resourcesTouchNoStore =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Resource")
          .should()
          .dependOnClassesThat()
          .haveSimpleNameEndingWith("Store");

  /** Rule 6: what decides is plain Java. */
  @ArchTest
  static final ArchRule plansAndPhasesArePure =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Planner")
          .or()
          .haveSimpleNameEndingWith("Phase")
          .or()
          .haveSimpleNameEndingWith("Action")
          .and()
          .resideInAPackage("dev.valet.api.sandbox..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.quarkus..", "io.smallrye.mutiny..", "jakarta.ws.rs..", "io.vertx..");

  /** Rule 7: time comes from a Clock. */
  @ArchTest
  static final ArchRule timeComesFromTheClock =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.valet.api.platform.time..")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(OffsetDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class);

  /** Rule 7. */
  @ArchTest
  static final ArchRule constructorsInject =
      fields()
          .should()
          .notBeAnnotatedWith(Inject.class)
          .andShould()
          .notBeAnnotatedWith(ConfigProperty.class);

  @ArchTest
  static final ArchRule namesSayWhatTheyAre =
      classes()
          .should()
          .haveSimpleNameNotEndingWith("Util")
          .andShould()
          .haveSimpleNameNotEndingWith("Helper")
          .andShould()
          .haveSimpleNameNotEndingWith("Manager")
          .andShould()
          .haveSimpleNameNotEndingWith("Impl");
}
