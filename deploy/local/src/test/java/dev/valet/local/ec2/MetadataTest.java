package dev.valet.local.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The instance metadata service, as a machine sees it. */
class MetadataTest {

  private static final String LIFE = "X-aws-ec2-metadata-token-ttl-seconds";
  private static final String TOKEN = "X-aws-ec2-metadata-token";

  @TempDir Path data;
  Cloud cloud;
  String id;
  String base;

  @BeforeEach
  void begin() throws Exception {
    cloud = new Cloud(data);
    String userData =
        Base64.getEncoder()
            .encodeToString("#cloud-config\nü: {}\n".getBytes(StandardCharsets.UTF_8));
    id = cloud.run(r -> r.userData(userData)).instances().getFirst().instanceId();
    cloud.settle();
    base = base(id);
  }

  @AfterEach
  void end() throws Exception {
    cloud.close();
  }

  private String base(String instance) {
    return cloud.room.on.get(instance).metadataEndpoint().toString();
  }

  private String token(String seconds) {
    return put("/latest/api/token", LIFE, seconds).body();
  }

  private HttpResponse<String> put(String path, String... headers) {
    return Http.send("PUT", URI.create(base + path), "", headers);
  }

  private HttpResponse<String> get(String path, String... headers) {
    return Http.send("GET", URI.create(base + path), "", headers);
  }

  private String read(String path) {
    HttpResponse<String> answer = get("/latest/" + path, TOKEN, token("60"));
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  @Test
  void aMachineLearnsWhoAndWhereItIs() {
    assertThat(read("meta-data/instance-id")).isEqualTo(id);
    assertThat(read("meta-data/local-ipv4")).isEqualTo(cloud.describe(id).privateIpAddress());
    assertThat(read("meta-data/placement/region")).isEqualTo("eu-central-1");
    assertThat(read("meta-data/placement/availability-zone")).isEqualTo("eu-central-1a");
    assertThat(read("meta-data/events/maintenance/scheduled")).isEqualTo("[]");
    assertThat(read("user-data")).isEqualTo("#cloud-config\nü: {}\n");
  }

  @Test
  void thereIsNoSpotNoticeAndNothingElseEither() {
    String token = token("60");

    assertThat(get("/latest/meta-data/spot/instance-action", TOKEN, token).statusCode())
        .isEqualTo(404);
    assertThat(get("/latest/meta-data/../../chaos", TOKEN, token).statusCode()).isEqualTo(404);
  }

  @Test
  void theIdentityDocumentIsSignedWithThePublishedKey() throws Exception {
    String document = read("dynamic/instance-identity/document");
    String signature = read("dynamic/instance-identity/signature");

    JsonNode json = new ObjectMapper().readTree(document);
    assertThat(json.path("instanceId").asText()).isEqualTo(id);
    assertThat(json.path("accountId").asText()).isEqualTo("123456789012");
    assertThat(json.path("region").asText()).isEqualTo("eu-central-1");
    assertThat(json.path("privateIp").asText()).isEqualTo("127.83.12.2");
    assertThat(isSigned(document, signature)).isTrue();
    assertThat(isSigned(document + " ", signature)).isFalse();
    cloud.restart();
    assertThat(isSigned(document, signature)).isTrue();
  }

  private boolean isSigned(String document, String signature) throws Exception {
    String pem = Files.readString(data.resolve("ec2/identity-public.pem"));
    byte[] key = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    Signature check = Signature.getInstance("SHA256withRSA");
    check.initVerify(KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(key)));
    check.update(document.getBytes(StandardCharsets.UTF_8));
    return check.verify(Base64.getDecoder().decode(signature));
  }

  @Test
  void withoutAValidTokenNothingIsTold() {
    assertThat(get("/latest/meta-data/instance-id").statusCode()).isEqualTo(401);
    assertThat(get("/latest/meta-data/instance-id", TOKEN, "made up").statusCode()).isEqualTo(401);
    assertThat(get("/latest/meta-data/instance-id", TOKEN, "AAAA").statusCode()).isEqualTo(401);
  }

  @Test
  void aTokenEndsWithItsTime() {
    String token = token("60");
    cloud.pass(Duration.ofSeconds(59));
    assertThat(get("/latest/meta-data/instance-id", TOKEN, token).statusCode()).isEqualTo(200);
    cloud.pass(Duration.ofSeconds(1));
    assertThat(get("/latest/meta-data/instance-id", TOKEN, token).statusCode()).isEqualTo(401);
  }

  @Test
  void aTokenOfOneInstanceIsNoneForAnother() {
    String token = token("60");
    String other = cloud.launchRunning();

    assertThat(
            Http.send(
                    "GET",
                    URI.create(base(other) + "/latest/meta-data/instance-id"),
                    "",
                    TOKEN,
                    token)
                .statusCode())
        .isEqualTo(401);
    assertThat(base(other)).isNotEqualTo(base);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "21601", "-1", "x", "", "99999999999"})
  void aTokenOfAnotherLifeThanOneSecondToSixHoursIsRefused(String seconds) {
    assertThat(put("/latest/api/token", LIFE, seconds).statusCode()).isEqualTo(400);
  }

  @Test
  void tokensAreGivenToNobodyBehindAProxyAndNowhereElse() {
    assertThat(put("/latest/api/token", LIFE, "60", "X-Forwarded-For", "10.0.0.1").statusCode())
        .isEqualTo(403);
    assertThat(put("/2021-03-23/api/token", LIFE, "60").statusCode()).isEqualTo(403);
    assertThat(put("/latest/api/token").statusCode()).isEqualTo(400);
    assertThat(Http.send("POST", URI.create(base + "/latest/api/token"), "").statusCode())
        .isEqualTo(405);
  }

  @Test
  void anInstanceThatIsOffOrUnknownHasNoMetadata() {
    String token = token("600");
    cloud.sdk.stopInstances(r -> r.instanceIds(id));
    cloud.settle();

    assertThat(get("/latest/meta-data/instance-id", TOKEN, token).statusCode()).isEqualTo(404);
    assertThat(
            Http.send("GET", cloud.ec2.endpoint().resolve("/imds/" + id + "/latest/user-data"), "")
                .statusCode())
        .isEqualTo(404);
    assertThat(Http.send("GET", cloud.ec2.endpoint().resolve("/imds"), "").statusCode())
        .isEqualTo(404);
  }

  @Test
  void optionsOfTheLaunchDecideWhetherItAnswersAndAsksForTokens() {
    String open = launch("optional", "enabled");
    String closed = launch("required", "disabled");
    cloud.settle();

    assertThat(
            Http.send("GET", URI.create(base(open) + "/latest/meta-data/instance-id"), "").body())
        .isEqualTo(open);
    assertThat(
            Http.send("PUT", URI.create(base(closed) + "/latest/api/token"), "", LIFE, "60")
                .statusCode())
        .isEqualTo(403);
  }

  private String launch(String tokens, String endpoint) {
    return cloud
        .run(r -> r.metadataOptions(m -> m.httpTokens(tokens).httpEndpoint(endpoint)))
        .instances()
        .getFirst()
        .instanceId();
  }
}
