package dev.valet.local.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.local.ec2.fleet.Catalogue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;

class DescribeInstancesTest {

  private static final String UNKNOWN = "i-0123456789abcdef0";

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

  private String launch(String subnet, String type, String token, String name) {
    return cloud
        .run(r ->
            r.subnetId(subnet)
                .instanceType(type)
                .clientToken(token)
                .tagSpecifications(t ->
                    t.resourceType(ResourceType.INSTANCE)
                        .tags(Tag.builder().key("name").value(name).build())))
        .instances()
        .getFirst()
        .instanceId();
  }

  private List<String> found(Filter... filters) {
    return ids(cloud.sdk.describeInstances(r -> r.filters(filters)));
  }

  private static Filter filter(String name, String... values) {
    return Filter.builder().name(name).values(values).build();
  }

  private static List<String> ids(DescribeInstancesResponse response) {
    return response.reservations().stream()
        .flatMap(r -> r.instances().stream())
        .map(Instance::instanceId)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "instance-state-name, running",
    "instance-state-name, run*",
    "tag:name,            web one",
    "tag:name,            web*",
    "tag:name,            ?eb*e",
    "client-token,        first",
    "subnet-id,           subnet-0a1e7000000000001",
    "availability-zone,   eu-central-1a",
    "instance-type,       t3.medium",
  })
  void eachFilterFindsTheOneInstance(String name, String value) {
    String one = launch(Catalogue.SUBNET_A, "t3.medium", "first", "web one");
    cloud.settle();
    launch(Catalogue.SUBNET_B, "m7i.large", "second", "db two");

    assertThat(found(filter(name, value))).containsExactly(one);
  }

  @Test
  void filtersMustAllMatchAndOfOneFiltersValuesAny() {
    String one = launch(Catalogue.SUBNET_A, "t3.medium", "first", "web");
    String two = launch(Catalogue.SUBNET_B, "t3.medium", "second", "db");

    assertThat(found(filter("instance-id", one, two, UNKNOWN))).containsExactly(one, two);
    assertThat(found(filter("instance-id", one, two), filter("tag:name", "db")))
        .containsExactly(two);
    assertThat(found(filter("vpc-id", Catalogue.VPC), filter("image-id", Catalogue.IMAGE)))
        .containsExactly(one, two);
    assertThat(found(filter("tag-key", "name", "other"))).containsExactly(one, two);
    assertThat(found(filter("tag:name", "WEB"))).isEmpty();
  }

  @Test
  void aBackslashTakesAWildcardLiterally() {
    String star = launch(Catalogue.SUBNET_A, "t3.large", "1", "a*b");
    launch(Catalogue.SUBNET_A, "t3.large", "2", "axb");

    assertThat(found(filter("tag:name", "a\\*b"))).containsExactly(star);
  }

  @Test
  void unknownFiltersAndFiltersWithoutValuesAreRefused() {
    assertThat(Cloud.code(() -> found(filter("colour", "red")))).isEqualTo("InvalidParameterValue");
    assertThat(Cloud.code(() -> found(filter("instance-id")))).isEqualTo("InvalidParameterValue");
    String[] many = new String[201];
    java.util.Arrays.fill(many, UNKNOWN);
    assertThat(Cloud.code(() -> found(filter("instance-id", many))))
        .isEqualTo("FilterLimitExceeded");
  }

  @Test
  void idsMustExistAndBeWellFormed() {
    String id = cloud.launch();

    assertThat(Cloud.code(() -> describe(id, UNKNOWN))).isEqualTo("InvalidInstanceID.NotFound");
    assertThat(Cloud.refusal(() -> describe(UNKNOWN, "i-0123456789abcdef1")).getMessage())
        .contains("The instance IDs '" + UNKNOWN + ", i-0123456789abcdef1' do not exist");
    assertThat(Cloud.code(() -> describe("server-1"))).isEqualTo("InvalidInstanceID.Malformed");
    assertThat(ids(describe(id, id))).containsExactly(id);
  }

  private DescribeInstancesResponse describe(String... ids) {
    return cloud.sdk.describeInstances(r -> r.instanceIds(ids));
  }

  @Test
  void nothingFoundIsAnEmptyList() {
    assertThat(found()).isEmpty();
    assertThat(found(filter("instance-id", UNKNOWN))).isEmpty();
  }

  @Test
  void pagesCoverEverythingOnceAlsoWhenReservationsAreCut() {
    cloud.run(r -> r.maxCount(7));
    cloud.run(r -> r.maxCount(6));

    List<Integer> sizes = new ArrayList<>();
    List<String> all = new ArrayList<>();
    cloud
        .sdk
        .describeInstancesPaginator(r -> r.maxResults(5))
        .forEach(page -> {
          sizes.add(ids(page).size());
          all.addAll(ids(page));
        });

    assertThat(sizes).containsExactly(5, 5, 3);
    assertThat(all).doesNotHaveDuplicates().hasSize(13);
  }

  @Test
  void anInstanceThatVanishesBetweenPagesHidesNoOther() {
    cloud.run(r -> r.maxCount(8));
    DescribeInstancesResponse first = page(null);
    String last = ids(first).getLast();
    cloud.sdk.terminateInstances(r -> r.instanceIds(last));
    cloud.settle();
    cloud.pass(java.time.Duration.ofHours(2));

    assertThat(ids(page(first.nextToken()))).hasSize(3).doesNotContainAnyElementsOf(ids(first));
  }

  private DescribeInstancesResponse page(String token) {
    return cloud.sdk.describeInstances(
        DescribeInstancesRequest.builder().maxResults(5).nextToken(token).build());
  }

  @Test
  void pagesOfImpossibleSizeAndForeignTokensAreRefused() {
    cloud.run(r -> r.maxCount(6));
    String token = page(null).nextToken();

    assertThat(Cloud.code(() -> cloud.sdk.describeInstances(r -> r.maxResults(4))))
        .isEqualTo("InvalidParameterValue");
    assertThat(Cloud.code(() -> cloud.sdk.describeInstances(r -> r.maxResults(1001))))
        .isEqualTo("InvalidParameterValue");
    assertThat(
            Cloud.code(
                () -> cloud.sdk.describeInstances(r -> r.maxResults(5).instanceIds(UNKNOWN))))
        .isEqualTo("InvalidParameterCombination");
    assertThat(Cloud.code(() -> page("nonsense"))).isEqualTo("InvalidNextToken");
    assertThat(
            Cloud.code(() ->
                cloud.sdk.describeInstances(r ->
                    r.maxResults(5)
                        .nextToken(token)
                        .filters(filter("instance-state-name", "pending")))))
        .isEqualTo("InvalidNextToken");
  }
}
