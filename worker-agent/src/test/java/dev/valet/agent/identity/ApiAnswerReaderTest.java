package dev.valet.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.agent.identity.ApiAnswer.Accepted;
import dev.valet.agent.identity.ApiAnswer.Enrolled;
import dev.valet.agent.identity.ApiAnswer.Refused;
import dev.valet.agent.identity.ApiAnswer.Unavailable;
import dev.valet.agent.identity.HttpCalls.Answer;
import dev.valet.agent.testing.FakeCloud;
import dev.valet.agent.testing.TestSettings;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiAnswerReaderTest {
  private final ApiAnswerReader reader =
      new ApiAnswerReader(TestSettings.SANDBOX, new ObjectMapper());

  @Test
  void soundAnswersAreAccepted() {
    assertThat(reader.contact(answer(200, FakeCloud.config())))
        .isInstanceOfSatisfying(
            Accepted.class, accepted -> assertThat(accepted.config().capacity()).isEqualTo(3));
    assertThat(
            reader.enrolment(
                answer(201, "{\"credential\":\"c\",\"config\":" + FakeCloud.config() + "}")))
        .isInstanceOfSatisfying(
            Enrolled.class,
            enrolled -> {
              assertThat(enrolled.credential().reveal()).isEqualTo("c");
              assertThat(enrolled.contact()).isInstanceOf(Accepted.class);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "<html>a captive portal</html>",
        "{\"sandboxId\":\"01900000-0000-7000-8000-000000000002\",\"capacity\":1,\"engines\":[],\"commandPublicKey\":\"a2V5\"}",
        "{\"sandboxId\":\"01900000-0000-7000-8000-000000000001\",\"capacity\":0,\"engines\":[],\"commandPublicKey\":\"a2V5\"}",
        "{\"sandboxId\":\"01900000-0000-7000-8000-000000000001\",\"capacity\":101,\"engines\":[],\"commandPublicKey\":\"a2V5\"}",
        "{\"sandboxId\":\"01900000-0000-7000-8000-000000000001\",\"capacity\":1,\"commandPublicKey\":\"a2V5\"}",
        "{\"sandboxId\":\"01900000-0000-7000-8000-000000000001\",\"capacity\":1,\"engines\":[],\"commandPublicKey\":\"*\"}",
        "{\"sandboxId\":\"01900000-0000-7000-8000-000000000001\",\"capacity\":1,\"engines\":[]}",
      })
  void answerThatMakesNoSenseIsAskedForAgain(String body) {
    assertThat(reader.contact(answer(200, body))).isInstanceOf(Unavailable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"config\":%s}",
        "{\"credential\":\"\",\"config\":%s}",
        "{\"credential\":\"two\\r\\nlines\",\"config\":%s}",
      })
  void enrolmentWithoutUsableCredentialIsNoEnrolment(String body) {
    assertThat(reader.enrolment(answer(200, body.formatted(FakeCloud.config()))))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void brokenAnswerIsNotQuoted() {
    ApiAnswer broken = reader.enrolment(answer(200, "{\"credential\":\"s3cr3t\",\"config\":oops"));

    assertThat(broken.toString()).doesNotContain("s3cr3t").contains("not the expected JSON");
  }

  @ParameterizedTest
  @CsvSource({
    "301, true", "400, true", "401, true", "403, true", "404, true", "409, true", "410, true",
    "422, true", "408, false", "425, false", "429, false", "500, false", "502, false", "503, false",
    "204, false"
  })
  void clientErrorsAreRefusalsAndTheRestPasses(int status, boolean refusal) {
    assertThat(reader.contact(answer(status, "")))
        .isInstanceOf(refusal ? Refused.class : Unavailable.class);
  }

  @Test
  void refusalTellsTheProblemsTitleOnOneLine() {
    ApiAnswer refused =
        reader.enrolment(answer(403, "{\"title\":\"Token\\nused\",\"detail\":\"x\"}"));

    assertThat(refused).isEqualTo(new Refused(403, "HTTP 403, Token?used"));
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "0, 0", "999999, 300", "soon, 0", "-5, 0", "99999999999, 0"})
  void retryAfterIsHeededWithinReason(String header, long seconds) {
    assertThat(reader.contact(new Answer(429, Buffer.buffer(), header)))
        .isInstanceOfSatisfying(
            Unavailable.class,
            later -> assertThat(later.retryAfter()).isEqualTo(Duration.ofSeconds(seconds)));
  }

  private static Answer answer(int status, String body) {
    return new Answer(status, Buffer.buffer(body), null);
  }
}
