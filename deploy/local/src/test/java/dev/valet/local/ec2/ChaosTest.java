package dev.valet.local.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The control endpoint and the command line that calls it. */
class ChaosTest {

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

  private HttpResponse<String> post(String body) {
    return Http.send(
        "POST",
        cloud.ec2.endpoint().resolve("/chaos"),
        body,
        "Authorization",
        "Bearer " + Cloud.ACCOUNT.secretAccessKey());
  }

  private HttpResponse<String> fault(String fault, String instance) {
    return post("{\"fault\": \"%s\", \"instance\": \"%s\"}".formatted(fault, instance));
  }

  @Test
  void terminateIsSeenAsATerminationFromOutside() {
    String id = cloud.launchRunning();

    assertThat(fault("terminate", id).body())
        .isEqualTo("{\"done\":\"" + id + " is shutting-down, was running\"}");
    cloud.settle();

    assertThat(cloud.state(id)).isEqualTo("terminated");
    assertThat(cloud.room.on).isEmpty();
  }

  @Test
  void aSpotNoticeIsGivenTwoMinutesBeforeTheEnd() {
    String id = cloud.launchRunning();
    URI imds = cloud.room.on.get(id).metadataEndpoint();
    URI action = URI.create(imds + "/latest/meta-data/spot/instance-action");
    String token =
        Http.send(
                "PUT",
                URI.create(imds + "/latest/api/token"),
                "",
                "X-aws-ec2-metadata-token-ttl-seconds",
                "600")
            .body();
    String[] session = {"X-aws-ec2-metadata-token", token};
    assertThat(Http.send("GET", action, "", session).statusCode()).isEqualTo(404);

    String done = fault("spot-notice", id).body();
    assertThat(fault("spot-notice", id).body()).as("the first one stands").isEqualTo(done);

    assertThat(Http.send("GET", action, "", session).body())
        .startsWith("{\"action\":\"terminate\",\"time\":\"");
    cloud.pass(Duration.ofSeconds(100));
    assertThat(cloud.state(id)).isEqualTo("running");
    cloud.pass(Duration.ofSeconds(21));
    cloud.settle();
    assertThat(cloud.state(id)).isEqualTo("terminated");
    assertThat(fault("spot-notice", id).statusCode()).isEqualTo(409);
  }

  @Test
  void aKilledAgentStaysDeadWhileItsInstanceRunsUntilItIsStartedAgain() {
    String id = cloud.launchRunning();

    assertThat(fault("kill-agent", id).statusCode()).isEqualTo(200);
    cloud.settle();
    assertThat(cloud.state(id)).isEqualTo("running");
    assertThat(cloud.room.on).isEmpty();
    assertThat(fault("kill-agent", id).statusCode()).isEqualTo(409);

    assertThat(fault("start-agent", id).statusCode()).isEqualTo(200);
    assertThat(cloud.room.on).containsOnlyKeys(id);
    assertThat(fault("start-agent", id).statusCode()).isEqualTo(409);
  }

  @Test
  void anAgentOfAnInstanceThatIsNotRunningIsNotStarted() {
    String id = cloud.launch();

    assertThat(fault("start-agent", id).statusCode()).isEqualTo(409);
    assertThat(fault("start-agent", id).body()).contains("pending");
  }

  @Test
  void holdsAreShown() {
    post("{\"fault\": \"hold\", \"action\": \"RunInstances\", \"moment\": \"after\"}");

    HttpResponse<String> held =
        Http.send(
            "GET",
            cloud.ec2.endpoint().resolve("/chaos"),
            "",
            "Authorization",
            "Bearer " + Cloud.ACCOUNT.secretAccessKey());

    assertThat(held.body()).isEqualTo("{\"held\":{\"RunInstances after\":0}}");
    assertThat(post("{\"fault\": \"release\"}").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "no json",
        "{}",
        "{\"fault\": \"explode\"}",
        "{\"fault\": \"terminate\"}",
        "{\"fault\": \"terminate\", \"instance\": 7}",
        "{\"fault\": \"terminate\", \"instance\": \"i-1\", \"extra\": \"x\"}",
        "{\"fault\": \"release\", \"action\": \"RunInstances\"}",
        "{\"fault\": \"hold\", \"action\": \"Run\", \"moment\": \"before\"}",
        "{\"fault\": \"hold\", \"action\": \"RunInstances\", \"moment\": \"during\"}",
      })
  void whatMakesNoSenseIsABadRequest(String body) {
    HttpResponse<String> answer = post(body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).startsWith("{\"error\":\"");
  }

  @Test
  void onlyTheAccountsSecretOpensIt() {
    var uri = cloud.ec2.endpoint().resolve("/chaos");
    String body = "{\"fault\": \"release\"}";

    assertThat(Http.send("POST", uri, body).statusCode()).isEqualTo(401);
    assertThat(Http.send("POST", uri, body, "Authorization", "Bearer x").statusCode())
        .isEqualTo(401);
    assertThat(post(body).statusCode()).isEqualTo(200);
    assertThat(fault("terminate", "i-0123456789abcdef0").statusCode()).isEqualTo(404);
  }

  @Test
  void theCommandPrintsOneLineAndExitsByTheOutcome() throws Exception {
    String id = cloud.launchRunning();
    writeEnvironment();

    assertThat(command("kill-agent", id)).isEqualTo("0 the agent of " + id + " is killed");
    assertThat(command("kill-agent", id)).isEqualTo("1 chaos: No agent is running on " + id);
    assertThat(command("hold", "RunInstances", "before"))
        .isEqualTo("0 RunInstances waits before it acts");
    assertThat(command("held")).isEqualTo("0 {RunInstances before:0}");
    assertThat(command("release")).isEqualTo("0 released {RunInstances before=0}");
    assertThat(command("hold", "RunInstances")).startsWith("1 chaos: cannot read");
    cloud.ec2.close();
    assertThat(command("release")).startsWith("1 chaos: no local EC2 is running");
  }

  private void writeEnvironment() throws Exception {
    Files.writeString(
        data.resolve("ec2.env"),
        """
        AWS_ENDPOINT_URL_EC2=%s
        AWS_REGION=eu-central-1
        AWS_ACCESS_KEY_ID=AKIALOCALTEST
        AWS_SECRET_ACCESS_KEY='secret/of+the=test'
        VALET_EC2_ACCOUNT="123456789012"
        """
            .formatted(cloud.ec2.endpoint()));
  }

  private String command(String... words) throws Exception {
    String[] args = new String[words.length + 2];
    args[0] = "--data";
    args[1] = data.toString();
    System.arraycopy(words, 0, args, 2, words.length);
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      System.setOut(both);
      System.setErr(both);
      int status = ChaosCommand.run(args);
      return status + " " + printed.toString(StandardCharsets.UTF_8).strip();
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
