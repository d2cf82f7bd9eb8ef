package dev.valet.local;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** host <- postgres, identity, ec2 <- supervisor; nothing else. */
class ArchitectureTest {
  private static final String ROOT = "dev.valet.local.";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.valet.local");

  @Test
  void theMachineKnowsNoPart() {
    mayKnow("host");
  }

  @Test
  void thePartsKnowTheMachineAndNotEachOther() {
    mayKnow("postgres", "host");
    mayKnow("identity", "host");
    mayKnow("ec2", "host");
    mayKnow("hatchet", "host");
    mayKnow("desktop");
  }

  @Test
  void theCommandsOfTheAuditLogAreAClientOfTheApi() {
    mayKnow("audit", "host", "identity");
  }

  @Test
  void theSupervisorRunsTheLocalEc2AsAProcessOnly() {
    mayKnow("supervisor", "host", "postgres", "identity", "hatchet");
  }

  @Test
  void nothingHereKnowsTheProductsInside() {
    noClasses()
        .that()
        .resideInAPackage("dev.valet.local..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.valet.api..", "dev.valet.agent..")
        .because("the API and the agent run here exactly as they ship")
        .check(CLASSES);
  }

  @Test
  void nothingSleeps() {
    noClasses()
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .because("a stop must not have to wait for a nap")
        .check(CLASSES);
  }

  private static void mayKnow(String part, String... others) {
    String[] allowed = new String[others.length + 1];
    allowed[0] = ROOT + part + "..";
    for (int i = 0; i < others.length; i++) {
      allowed[i + 1] = ROOT + others[i] + "..";
    }
    classes()
        .that()
        .resideInAPackage(ROOT + part + "..")
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackage("dev.valet.local..").or(resideInAnyPackage(allowed)))
        .check(CLASSES);
  }
}
