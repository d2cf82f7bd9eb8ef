package dev.valet.api.compute.ec2;

import static dev.valet.api.compute.ec2.Adapter.await;
import static dev.valet.api.compute.ec2.Adapter.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.compute.ComputeError;
import dev.valet.api.compute.Instance;
import dev.valet.api.compute.ec2.Ec2Stub.Answer;
import dev.valet.api.compute.ec2.Ec2Stub.Call;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ListingTest {
  private static Ec2Stub stub;
  private static Adapter adapter;

  @BeforeAll
  static void start() throws IOException {
    stub = new Ec2Stub();
    adapter = new Adapter(stub.endpoint());
  }

  @AfterAll
  static void stop() {
    adapter.close();
    stub.close();
  }

  @Test
  void allPagesAreMergedEmptyOnesInBetweenIncluded() {
    Map<String, String> pages =
        Map.of(
            "", Ec2Xml.page(List.of("i-1", "i-2"), "a"),
            "a", Ec2Xml.page(List.of(), "b"),
            "b", Ec2Xml.page(List.of("i-2", "i-3"), null));
    stub.answers(call -> describe(pages.get(call.get("NextToken"))));

    assertThat(await(adapter.ec2.listInstallation()))
        .extracting(Instance::instanceId)
        .containsExactly("i-1", "i-2", "i-3");
    assertThat(stub.calls())
        .hasSize(3)
        .allSatisfy(call -> {
          assertThat(call.get("Filter.1.Name")).isEqualTo("tag:valet:installation");
          assertThat(call.list("Filter.1.Value")).containsExactly(Adapter.INSTALLATION.toString());
          assertThat(call.get("MaxResults")).isEqualTo("1000");
        });
  }

  @Test
  void nothingFoundIsAnEmptyList() {
    stub.answers(call -> describe(Ec2Xml.page(List.of(), "")));
    assertThat(await(adapter.ec2.listInstallation())).isEmpty();
  }

  @Test
  void onePageThatFailsMakesTheWholeListingFail() {
    stub.answers(call ->
        call.number() == 1
            ? describe(Ec2Xml.page(List.of("i-1"), "a"))
            : Answer.error(403, "UnauthorizedOperation", "no"));
    assertThat(failureOf(adapter.ec2.listInstallation()).error())
        .isEqualTo(ComputeError.UNAUTHORIZED);
  }

  @Test
  void aServerFaultWhileReadingIsRepeated() {
    stub.answers(call ->
        call.number() == 1
            ? Answer.error(500, "InternalError", "oops")
            : call.number() == 2 ? Answer.HANG_UP : describe(Ec2Xml.page(List.of("i-1"), null)));
    assertThat(await(adapter.ec2.listInstallation())).hasSize(1);
    assertThat(stub.calls()).hasSize(3);
  }

  @Test
  void aTokenThatLeadsNowhereEndsTheListing() {
    stub.answers(call -> describe(Ec2Xml.page(List.of("i-1"), "same")));
    assertThat(failureOf(adapter.ec2.listInstallation()).code()).isEqualTo("EndlessPages");
    assertThat(stub.calls()).hasSize(2);
  }

  @Test
  void tokensThatNeverEndAreGivenUp() {
    stub.answers(call -> describe(Ec2Xml.page(List.of(), "t" + call.number())));
    assertThat(failureOf(adapter.ec2.listInstallation()).code()).isEqualTo("EndlessPages");
    assertThat(stub.calls()).hasSize(1_000);
  }

  @Test
  void instancesAreDescribedByFilterSoThatAnUnknownOneIsMerelyAbsent() {
    List<String> ids = IntStream.range(0, 450).mapToObj(i -> "i-" + i).toList();
    stub.answers(call ->
        describe(
            Ec2Xml.page(
                call.list("Filter.1.Value").stream().filter(id -> !id.equals("i-7")).toList(),
                null)));

    assertThat(await(adapter.ec2.describe(ids))).hasSize(449);
    assertThat(stub.calls())
        .extracting(call -> call.list("Filter.1.Value").size())
        .containsExactly(200, 200, 50);
    assertThat(stub.calls())
        .allSatisfy(call -> {
          assertThat(call.get("Filter.1.Name")).isEqualTo("instance-id");
          assertThat(call.parameters()).doesNotContainKey("InstanceId.1");
        });
  }

  @Test
  void whatIsNoInstanceIdNeverBecomesAWildcard() {
    stub.answers(call -> describe(Ec2Xml.page(call.list("Filter.1.Value"), null)));
    assertThat(await(adapter.ec2.describe(List.of("i-*", "*", "", "i-1", "i-1"))))
        .extracting(Instance::instanceId)
        .containsExactly("i-1");
    assertThat(await(adapter.ec2.describe(List.of("?")))).isEmpty();
    assertThat(await(adapter.ec2.describe(List.of()))).isEmpty();
    assertThat(stub.calls()).hasSize(1);
  }

  @Test
  void aLaunchIsFoundByItsTag() {
    stub.answers(call -> describe(Ec2Xml.page(List.of("i-1"), null)));
    assertThat(await(adapter.ec2.findByLaunch("ATTEMPT"))).hasSize(1);
    Call call = stub.calls().getFirst();
    assertThat(call.get("Filter.1.Name")).isEqualTo("tag:valet:launch");
    assertThat(call.list("Filter.1.Value")).containsExactly("ATTEMPT");
  }

  @Test
  void aStateThatIsNotUnderstoodFailsTheListingRatherThanHidingAnInstance() {
    stub.answers(call ->
        describe(
            "<reservationSet><item><instancesSet>"
                + Ec2Xml.instance("i-1", 99)
                + "</instancesSet></item></reservationSet>"));
    assertThat(failureOf(adapter.ec2.listInstallation()).error()).isEqualTo(ComputeError.UNKNOWN);
  }

  private static Answer describe(String content) {
    return Answer.ok("DescribeInstances", content);
  }
}
