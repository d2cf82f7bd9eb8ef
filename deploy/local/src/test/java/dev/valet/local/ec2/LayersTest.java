package dev.valet.local.ec2;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Each sub-package uses only those below it; the root wires all of them. */
class LayersTest {

  private static final String EC2 = "dev.valet.local.ec2";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(EC2);

  @Test
  void layersUseOnlyThoseBelow() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage(EC2 + "..")
        .layer("root")
        .definedBy(EC2)
        .layer("chaos")
        .definedBy(EC2 + ".chaos")
        .layer("metadata")
        .definedBy(EC2 + ".metadata")
        .layer("action")
        .definedBy(EC2 + ".action")
        .layer("fleet")
        .definedBy(EC2 + ".fleet")
        .layer("machine")
        .definedBy(EC2 + ".machine")
        .layer("wire")
        .definedBy(EC2 + ".wire")
        .whereLayer("root")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("chaos")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("metadata")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("action")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("machine")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("fleet")
        .mayOnlyBeAccessedByLayers("root", "chaos", "metadata", "action")
        .check(CLASSES);
  }
}
