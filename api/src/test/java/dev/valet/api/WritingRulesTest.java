package dev.valet.api;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.ANNOTATIONS;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.pgclient.pubsub.PgChannel;
import io.vertx.pgclient.pubsub.PgSubscriber;
import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.Row;
import org.hibernate.LockMode;
import org.hibernate.reactive.mutiny.Mutiny;

/** Rules 0 and 4 of the architecture: who writes, and through what. */
@AnalyzeClasses(packages = "dev.valet.api", importOptions = ImportOption.DoNotIncludeTests.class)
class WritingRulesTest {
  private static final String SANDBOX = "dev.valet.api.sandbox.Sandbox";

  /**
   * Rule 0: outside {@code platform.db} nobody gets hold of a connection, a pool or a session but
   * the one of a {@code Tx}; so nothing is written beside a transaction with its events and audit.
   * A {@code PgSubscriber} has a connection, but listens only.
   */
  @ArchTest
  static final ArchRule nobodyElseHasAConnection =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.valet.api.platform.db..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "io.vertx.sqlclient..",
                      "io.vertx.pgclient..",
                      "io.vertx.mutiny.sqlclient..",
                      "io.vertx.mutiny.pgclient..",
                      "io.quarkus.hibernate.reactive..",
                      "io.quarkus.reactive.datasource..",
                      "io.agroal..",
                      "java.sql..",
                      "javax.sql..",
                      "org.hibernate..",
                      "jakarta.persistence..")
                  .and(
                      not(
                          belongToAnyOf(
                              Row.class,
                              PgException.class,
                              ClosedConnectionException.class,
                              PgSubscriber.class,
                              PgChannel.class,
                              PgConnectOptions.class,
                              PanacheEntityBase.class,
                              Mutiny.Session.class,
                              LockMode.class)))
                  .and(not(ANNOTATIONS))
                  .and(not(name("org.hibernate.type.SqlTypes"))));

  /** Rule 0: the session comes from the {@code Tx}; stores find and lock entities with it. */
  @ArchTest
  static final ArchRule sessionsAreForStores =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("Store")
          .and()
          .resideOutsideOfPackage("dev.valet.api.platform.db..")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(Mutiny.Session.class);

  /** Rule 0: Panache's methods on entities would open a way of their own. */
  @ArchTest
  static final ArchRule entitiesHaveNoWayOfTheirOwnToTheDatabase =
      noClasses()
          .should()
          .callMethodWhere(
              target(
                      nameMatching(
                              "persist|persistAndFlush|flush|delete|deleteAll|deleteById|update|find.*"
                                  + "|list.*|stream.*|count|getSession|withTransaction")
                          .forSubtype())
                  .and(targetOwner(assignableTo(PanacheEntityBase.class))));

  /** Rule 4: {@code OneWriterPerTableTest} reads the SQL; this table has none. */
  @ArchTest
  static final ArchRule wishesAreChangedByTheirServicesAlone =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(SANDBOX)
          .and()
          .doNotHaveFullyQualifiedName(SANDBOX + "Service")
          .and()
          .doNotHaveFullyQualifiedName(SANDBOX + "Creation")
          .should()
          .setFieldWhere(targetOwner(name(SANDBOX)))
          .orShould()
          .callMethodWhere(
              targetOwner(name(SANDBOX)).and(target(nameMatching("want.*|touch").forSubtype())))
          .orShould()
          .callConstructorWhere(targetOwner(name(SANDBOX)));
}
