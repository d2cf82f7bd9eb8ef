package dev.valet.local.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.local.ec2.fleet.Catalogue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.VolumeType;

class RunInstancesTest {

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

  private void assertRefused(String code, Consumer<RunInstancesRequest.Builder> change) {
    assertThat(Cloud.code(() -> cloud.run(change))).isEqualTo(code);
    assertThat(cloud.sdk.describeInstances().reservations()).isEmpty();
  }

  @Test
  void whatWasAskedForIsWhatIsDescribed() {
    RunInstancesResponse response =
        cloud.run(r ->
            r.tagSpecifications(t ->
                    t.resourceType(ResourceType.INSTANCE)
                        .tags(tag("valet:name", "<a & \"b\">\r\n ü 😀"), tag("empty", "")))
                .metadataOptions(m -> m.httpTokens("required").httpPutResponseHopLimit(3))
                .iamInstanceProfile(p -> p.arn("arn:aws:iam::123456789012:instance-profile/p"))
                .instanceInitiatedShutdownBehavior("stop")
                .securityGroupIds(Catalogue.SECURITY_GROUP)
                .clientToken("token"));
    Instance instance = response.instances().getFirst();

    assertThat(instance).isEqualTo(cloud.describe(instance.instanceId()));
    assertThat(response.ownerId()).isEqualTo("123456789012");
    assertThat(instance.instanceId()).matches("i-[0-9a-f]{17}");
    assertThat(instance.imageId()).isEqualTo(Catalogue.IMAGE);
    assertThat(instance.instanceTypeAsString()).isEqualTo("t3.large");
    assertThat(instance.placement().availabilityZone()).isEqualTo("eu-central-1a");
    assertThat(instance.subnetId()).isEqualTo(Catalogue.SUBNET_A);
    assertThat(instance.vpcId()).isEqualTo(Catalogue.VPC);
    assertThat(instance.privateIpAddress()).isEqualTo("127.83.12.2");
    assertThat(instance.clientToken()).isEqualTo("token");
    assertThat(instance.securityGroups().getFirst().groupId()).isEqualTo(Catalogue.SECURITY_GROUP);
    assertThat(instance.metadataOptions().httpTokensAsString()).isEqualTo("required");
    assertThat(instance.metadataOptions().httpPutResponseHopLimit()).isEqualTo(3);
    assertThat(instance.iamInstanceProfile().arn()).endsWith("instance-profile/p");
    assertThat(tags(instance)).isEqualTo(Map.of("valet:name", "<a & \"b\">\r\n ü 😀", "empty", ""));
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private static Map<String, String> tags(Instance instance) {
    Map<String, String> tags = new HashMap<>();
    instance.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
    return tags;
  }

  @Test
  void asManyAsThereIsRoomForUpToTheWantedNumber() {
    assertThat(cloud.run(r -> r.minCount(1).maxCount(5)).instances()).hasSize(5);
    assertThat(cloud.run(r -> r.minCount(1).maxCount(1000)).instances()).hasSize(120);
    assertThat(Cloud.code(cloud::launch)).isEqualTo("InsufficientFreeAddressesInSubnet");
    assertThat(cloud.run(r -> r.subnetId(Catalogue.SUBNET_B)).instances()).hasSize(1);
  }

  @Test
  void lessThanTheLeastNumberLaunchesNothing() {
    assertRefused("InsufficientFreeAddressesInSubnet", r -> r.minCount(126).maxCount(200));
  }

  @Test
  void instancesOfOneCallShareAReservationAndAreNumbered() {
    List<Instance> instances = cloud.run(r -> r.maxCount(3)).instances();

    assertThat(instances).extracting(Instance::amiLaunchIndex).containsExactly(0, 1, 2);
    assertThat(instances).extracting(Instance::privateIpAddress).doesNotHaveDuplicates();
    assertThat(cloud.sdk.describeInstances().reservations()).hasSize(1);
  }

  @Test
  void withoutASubnetTheFirstWithRoomIsTakenAndAZoneMeansItsSubnet() {
    assertThat(cloud.run(r -> r.subnetId(null)).instances().getFirst().subnetId())
        .isEqualTo(Catalogue.SUBNET_A);
    assertThat(
            cloud
                .run(r -> r.subnetId(null).placement(p -> p.availabilityZone("eu-central-1c")))
                .instances()
                .getFirst()
                .subnetId())
        .isEqualTo(Catalogue.SUBNET_C);
  }

  @Test
  void volumesAreMadeAsAskedFor() {
    Instance instance =
        cloud
            .run(r ->
                r.blockDeviceMappings(
                    b ->
                        b.deviceName("/dev/sdf")
                            .ebs(e -> e.volumeSize(1).deleteOnTermination(false)),
                    b ->
                        b.deviceName(Catalogue.ROOT_DEVICE)
                            .ebs(e ->
                                e.volumeSize(20)
                                    .volumeType(VolumeType.GP3)
                                    .iops(3000)
                                    .encrypted(true))))
            .instances()
            .getFirst();

    assertThat(instance.blockDeviceMappings())
        .extracting(b -> b.deviceName() + " " + b.ebs().deleteOnTermination())
        .containsExactly("/dev/xvda true", "/dev/sdf false");
    assertThat(instance.blockDeviceMappings())
        .allMatch(b -> b.ebs().volumeId().matches("vol-[0-9a-f]{17}"));
  }

  @Test
  void userDataIsLimitedTo16384Bytes() {
    cloud.run(r -> r.userData(base64("x".repeat(16_384))));
    assertThat(Cloud.code(() -> cloud.run(r -> r.userData(base64("x".repeat(16_385))))))
        .isEqualTo("InvalidParameterValue");
    assertThat(Cloud.code(() -> cloud.run(r -> r.userData("not base64!"))))
        .isEqualTo("InvalidParameterValue");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatDoesNotExistIsNamed() {
    assertRefused("InvalidAMIID.NotFound", r -> r.imageId("ami-0123456789abcdef0"));
    assertRefused("InvalidAMIID.Malformed", r -> r.imageId("ubuntu"));
    assertRefused("InvalidSubnetID.NotFound", r -> r.subnetId("subnet-0123456789abcdef0"));
    assertRefused("InvalidGroup.NotFound", r -> r.securityGroupIds("sg-0123456789abcdef0"));
    assertRefused("InvalidParameterValue", r -> r.instanceType("x9.huge"));
    assertRefused(
        "InvalidParameterValue",
        r -> r.subnetId(null).placement(p -> p.availabilityZone("eu-central-1z")));
  }

  @Test
  void whatIsMissingOrContradictoryIsRefused() {
    assertRefused("MissingParameter", r -> r.imageId(null));
    assertRefused("MissingParameter", r -> r.maxCount(null));
    assertRefused("InvalidParameterValue", r -> r.minCount(0));
    assertRefused("InvalidParameterCombination", r -> r.minCount(2).maxCount(1));
    assertRefused(
        "InvalidParameterCombination",
        r -> r.networkInterfaces(n -> n.deviceIndex(0).subnetId(Catalogue.SUBNET_A)));
    assertRefused(
        "InvalidParameterValue", r -> r.placement(p -> p.availabilityZone("eu-central-1b")));
    assertRefused("InvalidParameterValue", r -> r.metadataOptions(m -> m.httpTokens("perhaps")));
    assertRefused(
        "InvalidBlockDeviceMapping",
        r -> r.blockDeviceMappings(b -> b.deviceName("/dev/xvda").ebs(e -> e.volumeSize(4))));
  }

  @Test
  void aParameterThatWouldBeIgnoredIsRefusedInstead() {
    assertRefused("UnknownParameter", r -> r.disableApiTermination(true));
  }

  @Test
  void tagsKeepToEc2sLimits() {
    assertRefused("InvalidTagKey.Malformed", r -> tagged(r, tag("aws:mine", "x")));
    assertRefused("InvalidParameterValue", r -> tagged(r, tag("k".repeat(129), "x")));
    assertRefused("InvalidParameterValue", r -> tagged(r, tag("k", "v".repeat(257))));
    assertRefused("InvalidParameterValue", r -> tagged(r, tag("k", "1"), tag("k", "2")));
    assertRefused(
        "TagLimitExceeded",
        r -> tagged(r, IntStream.range(0, 51).mapToObj(i -> tag("k" + i, "")).toArray(Tag[]::new)));
    assertRefused("MalformedQueryString", r -> tagged(r, tag("k", "\u0000")));
  }

  private static void tagged(RunInstancesRequest.Builder request, Tag... tags) {
    request.tagSpecifications(t -> t.resourceType(ResourceType.INSTANCE).tags(tags));
  }

  @Test
  void stoppingBeforeTheFirstBootIsRefused() {
    String id = cloud.launch();

    assertThat(Cloud.code(() -> cloud.sdk.stopInstances(r -> r.instanceIds(id))))
        .isEqualTo("IncorrectInstanceState");
    assertThat(cloud.state(id)).isEqualTo("pending");
  }
}
