package dev.valet.api.compute.ec2;

import static dev.valet.api.compute.ec2.Adapter.await;
import static dev.valet.api.compute.ec2.Adapter.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.compute.ComputeCatalogue.Group;
import dev.valet.api.compute.ComputeCatalogue.Image;
import dev.valet.api.compute.ComputeCatalogue.Offer;
import dev.valet.api.compute.ComputeCatalogue.Subnet;
import dev.valet.api.compute.ComputeCatalogue.Type;
import dev.valet.api.compute.ComputeError;
import dev.valet.local.ec2.LocalEc2;
import dev.valet.local.ec2.LocalEc2Config;
import dev.valet.local.ec2.fleet.Catalogue;
import dev.valet.local.ec2.wire.Account;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What EC2 has on offer, against an EC2 that is not ours to script. */
class Ec2CatalogueContractIT {
  private static final Account ACCOUNT =
      new Account("000000000000", "us-east-1", "AKIALOCAL", "local/secret+key");

  @TempDir private static Path data;
  private static LocalEc2 cloud;
  private static Adapter adapter;

  @BeforeAll
  static void start() throws IOException {
    cloud = LocalEc2.start(LocalEc2Config.of(data, ACCOUNT, new EmptyRoom()));
    adapter =
        new Adapter(
            cloud.endpoint(),
            Adapter.TIMEOUT,
            Adapter.fixed(ACCOUNT.accessKeyId(), ACCOUNT.secretAccessKey()));
  }

  @AfterAll
  static void stop() throws IOException {
    adapter.close();
    cloud.close();
  }

  @Test
  void theImageHasItsArchitectureAndTheSizeOfItsSnapshot() {
    assertThat(await(adapter.catalogue.images(List.of(Catalogue.IMAGE, "ami-01234567"))))
        .containsExactly(
            new Image(
                Catalogue.IMAGE, "available", "x86_64", "hvm", true, Catalogue.ROOT_SIZE_GIB));
  }

  @Test
  void typesSayWhatTheyRun() {
    assertThat(await(adapter.catalogue.types(List.of("t3.large", "t4g.large", "x9.huge"))))
        .containsExactly(
            new Type(
                "t3.large",
                List.of("x86_64"),
                List.of("hvm"),
                List.of("ebs"),
                List.of("on-demand"),
                true,
                true),
            new Type(
                "t4g.large",
                List.of("arm64"),
                List.of("hvm"),
                List.of("ebs"),
                List.of("on-demand"),
                true,
                true));
  }

  @Test
  void offersAreByTypeAndZone() {
    assertThat(
            await(
                adapter.catalogue.offers(
                    List.of("m7i.large", "x9.huge"), List.of("us-east-1a", "us-east-1c"))))
        .containsExactly(new Offer("m7i.large", "us-east-1a"));
    assertThat(await(adapter.catalogue.offers(List.of("m7i.large"), List.of()))).isEmpty();
  }

  @Test
  void subnetsAndGroupsSayWhereTheyAre() {
    assertThat(
            await(
                adapter.catalogue.subnets(
                    List.of(Catalogue.SUBNET_A, Catalogue.SUBNET_C, "subnet-01234567"))))
        .containsExactly(
            new Subnet(Catalogue.SUBNET_A, "available", Catalogue.VPC, "us-east-1a"),
            new Subnet(Catalogue.SUBNET_C, "available", Catalogue.VPC, "us-east-1c"));
    assertThat(await(adapter.catalogue.groups(List.of(Catalogue.SECURITY_GROUP, "sg-01234567"))))
        .containsExactly(new Group(Catalogue.SECURITY_GROUP, Catalogue.VPC));
  }

  @Test
  void noAnswerIsAFailureAndNotAnEmptyList() {
    try (Adapter nowhere = Adapter.impatient(URI.create("http://127.0.0.1:9"))) {
      assertThat(failureOf(nowhere.catalogue.images(List.of(Catalogue.IMAGE))).error())
          .isEqualTo(ComputeError.UNKNOWN);
    }
  }
}
