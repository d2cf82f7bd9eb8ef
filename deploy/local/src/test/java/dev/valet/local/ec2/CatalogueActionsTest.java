package dev.valet.local.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.local.ec2.fleet.Catalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.SummaryStatus;
import software.amazon.awssdk.services.ec2.model.Tag;

/** The describing actions besides DescribeInstances, tags, dry runs and unknown actions. */
class CatalogueActionsTest {

  @TempDir Path data;
  Cloud cloud;

  @BeforeEach
  void begin() throws Exception {
    cloud = new Cloud(data);
  }

  @AfterEach
  void end() throws Exception {
    cloud.close();
  }

  @Test
  void theOneImageIsOursAndAvailable() {
    var image = cloud.sdk.describeImages(r -> r.imageIds(Catalogue.IMAGE)).images().getFirst();

    assertThat(image.stateAsString()).isEqualTo("available");
    assertThat(image.rootDeviceName()).isEqualTo(Catalogue.ROOT_DEVICE);
    assertThat(image.blockDeviceMappings().getFirst().ebs().volumeSize())
        .isEqualTo(Catalogue.ROOT_SIZE_GIB);
    assertThat(cloud.sdk.describeImages(r -> r.owners("self")).images()).hasSize(1);
    assertThat(cloud.sdk.describeImages(r -> r.owners("amazon")).images()).isEmpty();
    assertThat(Cloud.code(() -> cloud.sdk.describeImages(r -> r.imageIds("ami-01234567"))))
        .isEqualTo("InvalidAMIID.NotFound");
  }

  @Test
  void instanceTypesHaveTheirTrueSizes() {
    assertThat(cloud.sdk.describeInstanceTypes(r -> {}).instanceTypes())
        .extracting(CatalogueActionsTest::size)
        .containsExactly(
            "t3.medium 2 4096",
            "t3.large 2 8192",
            "t3a.large 2 8192",
            "m6i.large 2 8192",
            "m7i.large 2 8192",
            "t4g.large 2 8192");
    assertThat(
            Cloud.code(
                () -> cloud.sdk.describeInstanceTypes(r -> r.instanceTypesWithStrings("x9.huge"))))
        .isEqualTo("InvalidInstanceType");
  }

  private static String size(InstanceTypeInfo type) {
    return "%s %d %d"
        .formatted(
            type.instanceTypeAsString(),
            type.vCpuInfo().defaultVCpus(),
            type.memoryInfo().sizeInMiB());
  }

  @Test
  void offeringsTellWhichZoneHasWhichType() {
    assertThat(cloud.sdk.describeInstanceTypeOfferings(r -> {}).instanceTypeOfferings())
        .hasSize(6)
        .allMatch(offering -> offering.location().equals("eu-central-1"));
    assertThat(offered("availability-zone", "m7i.large"))
        .containsExactly("eu-central-1a", "eu-central-1b");
    assertThat(offered("availability-zone-id", "t3.large"))
        .containsExactly("lcl1-az1", "lcl1-az2", "lcl1-az3");
    assertThat(offered("outpost", "t3.large")).isEmpty();
    assertThat(offered("availability-zone", "x9.huge")).isEmpty();
    assertThat(
            Cloud.code(
                () -> cloud.sdk.describeInstanceTypeOfferings(r -> r.locationType("planet"))))
        .isEqualTo("InvalidParameterValue");
  }

  private List<String> offered(String locationType, String type) {
    return cloud
        .sdk
        .describeInstanceTypeOfferings(r ->
            r.locationType(locationType)
                .filters(Filter.builder().name("instance-type").values(type).build()))
        .instanceTypeOfferings()
        .stream()
        .map(offering -> offering.location())
        .toList();
  }

  @Test
  void offeringsComeInPages() {
    var first =
        cloud.sdk.describeInstanceTypeOfferings(
            r -> r.locationType("availability-zone").maxResults(5));
    assertThat(first.instanceTypeOfferings()).hasSize(5);
    var all =
        cloud
            .sdk
            .describeInstanceTypeOfferingsPaginator(
                r -> r.locationType("availability-zone").maxResults(5))
            .instanceTypeOfferings()
            .stream()
            .map(offering -> offering.instanceTypeAsString() + " " + offering.location())
            .toList();
    assertThat(all).hasSize(17).doesNotHaveDuplicates();
    assertThat(Cloud.code(() -> cloud.sdk.describeInstanceTypeOfferings(r -> r.maxResults(1))))
        .isEqualTo("InvalidParameterValue");
  }

  @Test
  void aTypeIsRefusedWhereItIsNotOfferedAndWhereTheImageDoesNotFit() {
    assertThat(
            Cloud.code(
                () -> cloud.run(r -> r.instanceType("m7i.large").subnetId(Catalogue.SUBNET_C))))
        .isEqualTo("Unsupported");
    assertThat(Cloud.code(() -> cloud.run(r -> r.instanceType("t4g.large"))))
        .isEqualTo("InvalidParameterValue");
    assertThat(cloud.sdk.describeInstances().reservations()).isEmpty();
  }

  @Test
  void subnetsKnowTheirZoneAndTheirRoom() {
    cloud.run(r -> r.maxCount(5));

    assertThat(cloud.sdk.describeSubnets().subnets())
        .extracting(
            Subnet::subnetId,
            Subnet::availabilityZone,
            Subnet::cidrBlock,
            Subnet::availableIpAddressCount)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                Catalogue.SUBNET_A, "eu-central-1a", "127.83.12.0/25", 120),
            org.assertj.core.groups.Tuple.tuple(
                Catalogue.SUBNET_B, "eu-central-1b", "127.83.12.128/26", 62),
            org.assertj.core.groups.Tuple.tuple(
                Catalogue.SUBNET_C, "eu-central-1c", "127.83.12.192/26", 62));
    assertThat(
            cloud
                .sdk
                .describeSubnets(r ->
                    r.filters(
                        Filter.builder().name("availability-zone").values("eu-central-1b").build()))
                .subnets())
        .extracting(Subnet::subnetId)
        .containsExactly(Catalogue.SUBNET_B);
    assertThat(Cloud.code(() -> cloud.sdk.describeSubnets(r -> r.subnetIds("subnet-01234567"))))
        .isEqualTo("InvalidSubnetID.NotFound");
  }

  @Test
  void theOneSecurityGroupIsThere() {
    var group = cloud.sdk.describeSecurityGroups().securityGroups().getFirst();

    assertThat(group.groupId()).isEqualTo(Catalogue.SECURITY_GROUP);
    assertThat(group.description()).isNotBlank();
    assertThat(group.ipPermissionsEgress().getFirst().ipRanges().getFirst().cidrIp())
        .isEqualTo("0.0.0.0/0");
    assertThat(Cloud.code(() -> cloud.sdk.describeSecurityGroups(r -> r.groupIds("sg-01234567"))))
        .isEqualTo("InvalidGroup.NotFound");
  }

  @Test
  void statusChecksStartWithTheInstanceAndPassLater() {
    String id = cloud.launch();
    assertThat(cloud.sdk.describeInstanceStatus().instanceStatuses()).isEmpty();
    assertThat(check(id)).isEqualTo(SummaryStatus.NOT_APPLICABLE);

    cloud.settle();
    assertThat(check(id)).isEqualTo(SummaryStatus.INITIALIZING);
    cloud.pass(Duration.ofSeconds(2));
    assertThat(check(id)).isEqualTo(SummaryStatus.OK);
    assertThat(cloud.sdk.describeInstanceStatus().instanceStatuses()).hasSize(1);

    assertThat(
            Cloud.code(() ->
                cloud.sdk.describeInstanceStatus(
                    r -> r.filters(Filter.builder().name("tag:a").values("b").build()))))
        .isEqualTo("InvalidParameterValue");
  }

  private SummaryStatus check(String id) {
    return cloud
        .sdk
        .describeInstanceStatus(r -> r.instanceIds(id).includeAllInstances(true))
        .instanceStatuses()
        .getFirst()
        .instanceStatus()
        .status();
  }

  @Test
  void tagsAreAddedAndReplacedOnAllOrNone() throws Exception {
    String id = cloud.launch();
    String volume = cloud.describe(id).blockDeviceMappings().getFirst().ebs().volumeId();
    tag("a", "1", id);
    tag("b", "2", id, volume);
    tag("a", "3", id);
    assertThat(Cloud.code(() -> tag("c", "4", id, "i-0123456789abcdef0")))
        .isEqualTo("InvalidInstanceID.NotFound");
    assertThat(Cloud.code(() -> tag("c", "4", id, "vol-0123456789abcdef0")))
        .isEqualTo("InvalidVolume.NotFound");
    assertThat(Cloud.code(() -> tag("c", "4", "thing"))).isEqualTo("InvalidID");
    assertThat(Cloud.code(() -> tag("aws:c", "4", id))).isEqualTo("InvalidTagKey.Malformed");

    cloud.restart();

    assertThat(cloud.describe(id).tags())
        .extracting(t -> t.key() + "=" + t.value())
        .containsExactly("a=3", "b=2");
  }

  @Test
  void tagsAreDeletedByKeyOrByKeyAndValueOnAllOrNone() throws Exception {
    String id = cloud.launch();
    String volume = cloud.describe(id).blockDeviceMappings().getFirst().ebs().volumeId();
    tag("a", "1", id, volume);
    tag("b", "2", id);
    tag("c", "", id);
    tag("d", "4", id);
    assertThat(Cloud.code(() -> untag("a", null, id, "i-0123456789abcdef0")))
        .isEqualTo("InvalidInstanceID.NotFound");
    assertThat(Cloud.code(() -> untag("a", null, "thing"))).isEqualTo("InvalidID");
    assertThat(Cloud.code(() -> untag("aws:a", null, id))).isEqualTo("InvalidTagKey.Malformed");
    assertThat(tags(id)).containsExactly("a=1", "b=2", "c=", "d=4");

    untag("a", null, id, volume);
    untag("b", "another", id);
    untag("c", "", id);
    untag("d", "", id);
    untag("never-there", null, id);
    cloud.restart();

    assertThat(tags(id)).containsExactly("b=2", "d=4");
    cloud.sdk.deleteTags(r -> r.resources(id));
    assertThat(tags(id)).isEmpty();
  }

  private List<String> tags(String id) {
    return cloud.describe(id).tags().stream().map(t -> t.key() + "=" + t.value()).toList();
  }

  private void untag(String key, @Nullable String value, String... resources) {
    cloud.sdk.deleteTags(
        r -> r.resources(resources).tags(Tag.builder().key(key).value(value).build()));
  }

  private void tag(String key, String value, String... resources) {
    cloud.sdk.createTags(
        r -> r.resources(resources).tags(Tag.builder().key(key).value(value).build()));
  }

  @Test
  void aDryRunOfAnyActionSucceedsAsARefusalAndChangesNothing() {
    String id = cloud.launchRunning();
    int changes = cloud.room.log.size();

    assertDryRun(c -> c.runInstances(Cloud.request().dryRun(true).build()));
    assertDryRun(c -> c.describeInstances(r -> r.dryRun(true)));
    assertDryRun(c -> c.describeInstanceStatus(r -> r.dryRun(true)));
    assertDryRun(c -> c.startInstances(r -> r.dryRun(true).instanceIds(id)));
    assertDryRun(c -> c.stopInstances(r -> r.dryRun(true).instanceIds(id)));
    assertDryRun(c -> c.rebootInstances(r -> r.dryRun(true).instanceIds(id)));
    assertDryRun(c -> c.terminateInstances(r -> r.dryRun(true).instanceIds(id)));
    assertDryRun(
        c -> c.createTags(r -> r.dryRun(true).resources(id).tags(Tag.builder().key("k").build())));
    assertDryRun(
        c -> c.deleteTags(r -> r.dryRun(true).resources(id).tags(Tag.builder().key("k").build())));
    assertDryRun(c -> c.describeImages(r -> r.dryRun(true)));
    assertDryRun(c -> c.describeInstanceTypes(r -> r.dryRun(true)));
    assertDryRun(c -> c.describeInstanceTypeOfferings(r -> r.dryRun(true)));
    assertDryRun(c -> c.describeSubnets(r -> r.dryRun(true)));
    assertDryRun(c -> c.describeSecurityGroups(r -> r.dryRun(true)));

    cloud.settle();
    assertThat(cloud.state(id)).isEqualTo("running");
    assertThat(cloud.describe(id).tags()).isEmpty();
    assertThat(cloud.sdk.describeInstances().reservations()).hasSize(1);
    assertThat(cloud.room.log).hasSize(changes);
  }

  private void assertDryRun(Consumer<Ec2Client> call) {
    var refusal = Cloud.refusal(() -> call.accept(cloud.sdk));
    assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("DryRunOperation");
    assertThat(refusal.statusCode()).isEqualTo(412);
  }

  @Test
  void anyOtherActionIsInvalid() {
    var refusal = Cloud.refusal(() -> cloud.sdk.describeVpcs());

    assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("InvalidAction");
    assertThat(refusal.statusCode()).isEqualTo(400);
    assertThat(refusal.requestId()).matches("[0-9a-f-]{36}");
  }
}
