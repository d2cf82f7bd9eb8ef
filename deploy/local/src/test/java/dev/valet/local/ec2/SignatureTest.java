package dev.valet.local.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.signer.AwsSignerExecutionAttribute;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** Who may call: the account's key, for this region, now, and nobody else. */
class SignatureTest {

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

  private Ec2Exception refusal(String key, String secret, String region) {
    try (Ec2Client sdk = cloud.client(key, secret, region)) {
      return Cloud.refusal(sdk::describeInstances);
    }
  }

  private void assertAuthFailure(Ec2Exception refusal) {
    assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("AuthFailure");
    assertThat(refusal.statusCode()).isEqualTo(401);
  }

  @Test
  void aWrongSecretOrKeyIsAnAuthFailure() {
    assertAuthFailure(refusal(Cloud.ACCOUNT.accessKeyId(), "wrong", Cloud.ACCOUNT.region()));
    assertAuthFailure(
        refusal("AKIAOTHER", Cloud.ACCOUNT.secretAccessKey(), Cloud.ACCOUNT.region()));
  }

  @Test
  void anotherRegionIsAnAuthFailureThatNamesTheRightOne() {
    Ec2Exception refusal =
        refusal(Cloud.ACCOUNT.accessKeyId(), Cloud.ACCOUNT.secretAccessKey(), "us-east-1");

    assertAuthFailure(refusal);
    assertThat(refusal.getMessage()).contains("us-east-1").contains("eu-central-1");
  }

  @Test
  void aRequestIsGoodForAQuarterOfAnHourEitherWay() {
    assertThat(codeSignedAfter(Duration.ofMinutes(-14))).isEqualTo("none");
    assertThat(codeSignedAfter(Duration.ofMinutes(14))).isEqualTo("none");
    assertThat(codeSignedAfter(Duration.ofMinutes(-16))).isEqualTo("RequestExpired");
    assertThat(codeSignedAfter(Duration.ofMinutes(16))).isEqualTo("RequestExpired");
  }

  private String codeSignedAfter(Duration offset) {
    Clock other = Clock.offset(cloud.clock, offset);
    try {
      cloud.sdk.describeInstances(r ->
          r.overrideConfiguration(
              o -> o.putExecutionAttribute(AwsSignerExecutionAttribute.SIGNING_CLOCK, other)));
      return "none";
    } catch (Ec2Exception e) {
      return e.awsErrorDetails().errorCode();
    }
  }

  @Test
  void whatIsNotSignedIsNotAnswered() {
    HttpResponse<String> answer =
        Http.send("POST", root(), "Action=DescribeInstances&Version=2016-11-15");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body())
        .contains("<Response><Errors><Error><Code>MissingAuthenticationToken</Code>");
    assertThat(answer.headers().firstValue("content-type")).contains("text/xml;charset=UTF-8");
  }

  @Test
  void aSignedRequestCannotBeChangedAndSentAgain() {
    List<SdkHttpRequest> sent = new ArrayList<>();
    try (Ec2Client sdk = recording(sent)) {
      sdk.describeInstances();
    }
    String[] headers = headers(sent.getFirst());
    String body = "Action=DescribeInstances&Version=2016-11-15";

    assertThat(Http.send("POST", root(), body, headers).statusCode()).isEqualTo(200);
    assertThat(Http.send("POST", root(), body + "&MaxResults=5", headers).statusCode())
        .isEqualTo(401);
  }

  private Ec2Client recording(List<SdkHttpRequest> sent) {
    return Ec2Client.builder()
        .endpointOverride(cloud.ec2.endpoint())
        .region(cloud.sdk.serviceClientConfiguration().region())
        .credentialsProvider(cloud.sdk.serviceClientConfiguration().credentialsProvider())
        .overrideConfiguration(o ->
            o.addExecutionInterceptor(
                new ExecutionInterceptor() {
                  @Override
                  public void beforeTransmission(
                      Context.BeforeTransmission context, ExecutionAttributes attributes) {
                    sent.add(context.httpRequest());
                  }
                }))
        .build();
  }

  private static String[] headers(SdkHttpRequest request) {
    List<String> headers = new ArrayList<>();
    request
        .headers()
        .forEach((name, values) -> {
          if (!List.of("host", "content-length", "expect")
              .contains(name.toLowerCase(java.util.Locale.ROOT))) {
            headers.add(name);
            headers.add(values.getFirst());
          }
        });
    return headers.toArray(String[]::new);
  }

  @Test
  void nonsenseInTheHeaderIsRefusedAndNeverAnError() {
    String date = "20260102T030405Z";
    for (String header :
        List.of(
            "",
            "Basic abc",
            "AWS4-HMAC-SHA256",
            "AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=b",
            "AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, SignedHeaders=host, Signature=x",
            "AWS4-HMAC-SHA256 Credential=AKIALOCALTEST/20260102/eu-central-1/ec2/aws4_request,"
                + " SignedHeaders=host;x-amz-date, Signature=zz")) {
      HttpResponse<String> answer =
          Http.send("POST", root(), "", "Authorization", header, "X-Amz-Date", date);
      assertThat(answer.statusCode()).as(header).isBetween(400, 403);
    }
  }

  @Test
  void otherPathsMethodsAndHugeBodiesAreRefused() {
    assertThat(Http.send("GET", root(), "").statusCode()).isEqualTo(400);
    assertThat(Http.send("POST", root().resolve("/other"), "").statusCode()).isEqualTo(400);
    assertThat(Http.send("POST", root(), "x".repeat(300_000)).statusCode()).isEqualTo(413);
  }

  private URI root() {
    return cloud.ec2.endpoint().resolve("/");
  }
}
