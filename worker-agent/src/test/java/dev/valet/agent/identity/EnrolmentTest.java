package dev.valet.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.agent.lifecycle.Lifecycle;
import dev.valet.agent.lifecycle.LifecycleState;
import dev.valet.agent.lifecycle.LifecycleState.Enrolling;
import dev.valet.agent.lifecycle.LifecycleState.Ready;
import dev.valet.agent.platform.ApiSilence;
import dev.valet.agent.platform.ClockSkew;
import dev.valet.agent.platform.ProcessFacts;
import dev.valet.agent.platform.Settings;
import dev.valet.agent.testing.FakeCloud;
import dev.valet.agent.testing.FakeCloud.Answer;
import dev.valet.agent.testing.FakeCloud.Asked;
import dev.valet.agent.testing.LogCapture;
import dev.valet.agent.testing.TestSettings;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrolmentTest {
  private static final String TOKEN = "bootstrap-token-s3cr3t";
  private static final String NO_TOKEN = "";
  private static final String BEARER = "Bearer " + FakeCloud.CREDENTIAL;
  private static final Clock LATE = Clock.offset(Clock.systemUTC(), Duration.ofHours(-1));
  private static final Backoff QUICK =
      new Backoff(Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(30));

  @TempDir Path stateDir;
  private final FakeCloud cloud = new FakeCloud();
  private final Vertx vertx = Vertx.vertx();
  private final LogCapture log = LogCapture.start();
  private final ClockSkew skew = new ClockSkew();
  private final ApiSilence silence = new ApiSilence(System::nanoTime);
  private final BlockingQueue<LifecycleState> states = new LinkedBlockingQueue<>();
  private final List<Enrolment> started = new ArrayList<>();
  private Path credential;

  @BeforeEach
  void paths() {
    credential = stateDir.resolve("credential");
  }

  @AfterEach
  void noSecretWasLoggedOrToldToAnybody() throws Exception {
    started.forEach(Enrolment::stop);
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    cloud.close();
    log.close();
    assertThat(log.text() + states).doesNotContain(TOKEN, FakeCloud.CREDENTIAL);
  }

  @Test
  void firstStartSpendsTheTokenAndKeepsTheCredential() throws Exception {
    start(TOKEN);

    assertThat(awaitState(Ready.class::isInstance).config().capacity()).isEqualTo(3);
    Asked asked = cloud.nextAsked();
    assertThat(asked.path()).isEqualTo("/agent/v1/enroll");
    assertThat(asked.authorization()).isEmpty();
    assertThat(asked.body())
        .contains(
            "\"bootstrapToken\":\"" + TOKEN + "\"",
            "\"instanceId\":\"" + FakeCloud.INSTANCE + "\"",
            "\"sandboxId\":\"" + TestSettings.SANDBOX + "\"",
            "\"bootId\":\"boot-0123456789abcdef\"",
            "\"agentVersion\":\"1.2.3\"");
    assertThat(cloud.wasAskedMore()).isFalse();
    assertThat(credential).hasContent(FakeCloud.CREDENTIAL);
    assertThat(stateDir.resolve("command.pub")).hasContent("a2V5");
  }

  @Test
  void laterStartMakesContactWithTheCredentialAndLeavesTheTokenAlone() throws Exception {
    Files.writeString(credential, FakeCloud.CREDENTIAL);

    start(TOKEN);

    awaitState(Ready.class::isInstance);
    Asked asked = cloud.nextAsked();
    assertThat(asked.path()).isEqualTo("/agent/v1/config");
    assertThat(asked.authorization()).isEqualTo(BEARER);
    assertThat(asked.body()).contains(FakeCloud.INSTANCE, "boot-0123456789abcdef");
    assertThat(cloud.wasAskedMore()).isFalse();
  }

  @Test
  void whatChangesAtTheApiIsLearntWithoutARestart() throws Exception {
    Files.writeString(credential, FakeCloud.CREDENTIAL);
    String soon = FakeCloud.config().replaceFirst("}$", ",\"refreshSeconds\":5}");
    cloud.onContact(new Answer(200, soon));
    start(TOKEN);
    awaitState(Ready.class::isInstance);

    cloud.onContact(new Answer(200, soon.replace("\"capacity\":3", "\"capacity\":9")));

    awaitState(state -> state instanceof Ready ready && ready.config().capacity() == 9);
  }

  @Test
  void theApiTellsByHowMuchThisClockIsWrong() throws Exception {
    start(TOKEN);

    awaitState(Ready.class::isInstance);
    assertThat(skew.current()).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
  }

  @Test
  void anEnrolledProcessThatIsToldToAskAgainNeverShowsItsToken() throws Exception {
    Files.writeString(credential, FakeCloud.CREDENTIAL);
    Enrolment enrolment = start(settings(TOKEN, cloud.url(), cloud.imdsUrl()));
    awaitState(Ready.class::isInstance);
    cloud.nextAsked();

    cloud.onContact(new Answer(401, ""));
    enrolment.refreshNow();

    assertThat(cloud.nextAsked().path()).isEqualTo("/agent/v1/config");
    assertThat(cloud.nextAsked().path()).isEqualTo("/agent/v1/config");
  }

  @Test
  void refusedCredentialFallsBackToTheToken() throws Exception {
    Files.writeString(credential, "an-old-credential");
    cloud.onContact(new Answer(401, ""));

    start(TOKEN);

    awaitState(Ready.class::isInstance);
    assertThat(cloud.nextAsked().path()).isEqualTo("/agent/v1/config");
    assertThat(cloud.nextAsked().path()).isEqualTo("/agent/v1/enroll");
    assertThat(credential).hasContent(FakeCloud.CREDENTIAL);
  }

  @Test
  void refusedCredentialWithoutTokenKeepsAskingAndSaysWhy() throws Exception {
    Files.writeString(credential, "an-old-credential");
    cloud.onContact(new Answer(403, "{\"title\":\"Credential revoked\"}"));

    start(NO_TOKEN);

    assertThat(awaitReason("HTTP 403, Credential revoked"))
        .contains("no bootstrap token was given");
    cloud.nextAsked();
    assertThat(cloud.nextAsked().path()).isEqualTo("/agent/v1/config");
    cloud.onContact(new Answer(200, FakeCloud.config()));
    awaitState(Ready.class::isInstance);
  }

  @Test
  void neitherCredentialNorTokenAsksNothing() throws Exception {
    start(NO_TOKEN);

    assertThat(awaitReason("no credential on the volume")).contains("start the sandbox again");
    assertThat(cloud.wasAskedMore()).isFalse();
  }

  @Test
  void usedTokenIsToldAndTriedSlowly() throws Exception {
    cloud.onEnroll(new Answer(410, "{\"title\":\"Token used\"}"));

    start(TOKEN);

    assertThat(awaitReason("HTTP 410, Token used")).contains("works once");
    cloud.nextAsked();
    cloud.nextAsked();
    assertThat(credential).doesNotExist();
    assertThat(log.text()).containsOnlyOnce("HTTP 410, Token used");
  }

  @Test
  void wrongApiUrlIsNotBlamedOnTheToken() throws Exception {
    cloud.onEnroll(new Answer(404, "<html>some other server</html>"));

    start(TOKEN);

    assertThat(awaitReason("HTTP 404")).contains("check VALET_API_URL").doesNotContain("once");
  }

  @Test
  void apiThatIsDownIsWaitedFor() throws Exception {
    Files.writeString(credential, FakeCloud.CREDENTIAL);
    // The metadata service lives on; it is the API alone that is away.
    try (FakeCloud imds = new FakeCloud()) {
      int port = cloud.port();
      cloud.down();
      start(settings(NO_TOKEN, "http://127.0.0.1:" + port, imds.imdsUrl()));
      awaitReason("cannot reach the API");

      cloud.up();

      awaitState(Ready.class::isInstance);
    }
  }

  @Test
  void brokenApiIsWaitedFor() throws Exception {
    cloud.onEnroll(new Answer(503, "<html>no backend</html>"));
    start(TOKEN);
    awaitReason("the API answers HTTP 503");

    cloud.onEnroll(new Answer(200, "{\"credential\":"));
    awaitReason("not the expected JSON");

    cloud.onEnroll(new Answer(200, "x".repeat(HttpCalls.MAX_BODY_BYTES + 1)));
    awaitReason("larger than 64 KiB");
  }

  @Test
  void redirectIsNotFollowedSinceItWouldCarryTheCredentialAway() throws Exception {
    Files.writeString(credential, FakeCloud.CREDENTIAL);
    try (FakeCloud elsewhere = new FakeCloud()) {
      cloud.onContact(
          new Answer(307, "", Map.of("Location", elsewhere.url() + "/agent/v1/config")));

      start(NO_TOKEN);

      awaitReason("HTTP 307");
      assertThat(elsewhere.wasAskedMore()).isFalse();
    }
  }

  @Test
  void damagedCredentialFileIsReplacedThroughTheToken() throws Exception {
    Files.writeString(credential, "");

    start(TOKEN);

    awaitState(Ready.class::isInstance);
    assertThat(cloud.nextAsked().path()).isEqualTo("/agent/v1/enroll");
    assertThat(credential).hasContent(FakeCloud.CREDENTIAL);
    assertThat(log.text()).contains("holds no credential");
  }

  @Test
  void credentialIsKeptEvenIfTheConfigurationBesideItIsUnusable() throws Exception {
    cloud.onEnroll(new Answer(200, "{\"credential\":\"" + FakeCloud.CREDENTIAL + "\"}"));

    start(TOKEN);

    awaitState(Ready.class::isInstance);
    assertThat(cloud.nextAsked().path()).isEqualTo("/agent/v1/enroll");
    assertThat(cloud.nextAsked().authorization()).isEqualTo(BEARER);
    assertThat(cloud.wasAskedMore()).isFalse();
  }

  @Test
  void missingMetadataServiceIsWaitedFor() throws Exception {
    cloud.onImds("instance-id", new Answer(404, ""));
    start(TOKEN);
    awaitReason("instance-id: HTTP 404");

    cloud.onImds("instance-id", new Answer(200, "<html>not an id</html>"));
    awaitReason("instance-id is malformed");
    assertThat(cloud.wasAskedMore()).isFalse();

    cloud.onImds("instance-id", new Answer(200, FakeCloud.INSTANCE));
    awaitState(Ready.class::isInstance);
  }

  @Test
  void tokenIsNotSpentWhileTheCredentialCouldNotBeStored() throws Exception {
    Path inTheWay = Files.writeString(stateDir.resolve("file"), "");
    Settings settings =
        TestSettings.in(inTheWay.resolve("valet"))
            .with("VALET_API_URL", cloud.url())
            .with("AWS_EC2_METADATA_SERVICE_ENDPOINT", cloud.imdsUrl())
            .with("VALET_BOOTSTRAP_TOKEN", TOKEN)
            .settings();
    start(settings);
    awaitReason("cannot write the state folder");
    assertThat(cloud.wasAskedMore()).isFalse();

    Files.delete(inTheWay);

    awaitState(Ready.class::isInstance);
    assertThat(cloud.nextAsked().path()).isEqualTo("/agent/v1/enroll");
  }

  @Test
  void unreadableCredentialIsWaitedForRatherThanReplaced() throws Exception {
    Files.createDirectory(credential);
    start(TOKEN);
    awaitReason("cannot read the credential");
    assertThat(cloud.wasAskedMore()).isFalse();

    Files.delete(credential);

    awaitState(Ready.class::isInstance);
    assertThat(credential).hasContent(FakeCloud.CREDENTIAL);
  }

  @Test
  void credentialThatCannotBeStoredIsHeldUntilItCan() throws Exception {
    Path obstacle = credential.resolve("obstacle");
    cloud.whileAsked(() -> Files.createDirectories(obstacle));
    start(TOKEN);
    awaitReason("cannot store the credential");
    cloud.whileAsked(() -> {});

    Files.delete(obstacle);
    Files.delete(credential);

    awaitState(Ready.class::isInstance);
    assertThat(cloud.nextAsked().path()).isEqualTo("/agent/v1/enroll");
    assertThat(cloud.nextAsked().authorization()).isEqualTo(BEARER);
    assertThat(credential).hasContent(FakeCloud.CREDENTIAL);
  }

  @Test
  void noAttemptBeginsAfterTheStop() throws Exception {
    cloud.onEnroll(new Answer(503, ""));
    Enrolment enrolment = start(TOKEN);
    cloud.nextAsked();

    enrolment.stop();
    int asked = 0;
    while (asked < 3 && cloud.isAskedWithin(Duration.ofMillis(300))) {
      asked++;
    }

    assertThat(asked).as("one may have been under way").isLessThanOrEqualTo(1);
  }

  private Enrolment start(String token) {
    return start(settings(token, cloud.url(), cloud.imdsUrl()));
  }

  private Settings settings(String token, String api, String imds) {
    return TestSettings.in(stateDir)
        .with("VALET_API_URL", api)
        .with("AWS_EC2_METADATA_SERVICE_ENDPOINT", imds)
        .with("VALET_BOOTSTRAP_TOKEN", token)
        .settings();
  }

  private Enrolment start(Settings settings) {
    Lifecycle lifecycle = new Lifecycle();
    lifecycle.onChange(states::add);
    ProcessFacts process = TestSettings.process(Duration.ZERO);
    HttpCalls http = new HttpCalls(vertx);
    EnrolmentAttempt attempt =
        new EnrolmentAttempt(
            vertx,
            settings,
            process,
            new Imds(http, settings),
            new AgentApi(http, settings, new ObjectMapper(), LATE, skew),
            new CredentialStore(settings));
    Enrolment enrolment = new Enrolment(vertx, attempt, lifecycle, silence, new Random(1), QUICK);
    started.add(enrolment);
    enrolment.start();
    return enrolment;
  }

  private String awaitReason(String part) throws InterruptedException {
    LifecycleState state =
        awaitState(
            told -> told instanceof Enrolling enrolling && enrolling.reason().contains(part));
    return ((Enrolling) state).reason();
  }

  private LifecycleState awaitState(Predicate<LifecycleState> wanted) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    List<LifecycleState> seen = new ArrayList<>();
    while (System.nanoTime() < end) {
      LifecycleState state = states.poll(100, TimeUnit.MILLISECONDS);
      if (state != null && wanted.test(state)) {
        return state;
      }
      if (state != null) {
        seen.add(state);
      }
    }
    throw new AssertionError("not reached; seen: " + seen.reversed().stream().limit(3).toList());
  }
}
