package dev.valet.api.compute.ec2;

import static dev.valet.api.compute.ec2.Adapter.await;
import static dev.valet.api.compute.ec2.Adapter.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.compute.ComputeError;
import dev.valet.api.compute.ComputeException;
import dev.valet.api.compute.ec2.Ec2Stub.Answer;
import io.vertx.core.Context;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

class Ec2CredentialsTest {
  private static Ec2Stub stub;

  @BeforeAll
  static void start() throws IOException {
    stub = new Ec2Stub();
  }

  @AfterAll
  static void stop() {
    stub.close();
  }

  @Test
  void withoutCredentialsNothingIsSentAndThePersonIsTold() {
    stub.answers(call -> Answer.ok("DescribeInstances", Ec2Xml.page(List.of(), null)));
    AwsCredentialsProvider none =
        () -> {
          throw SdkClientException.create("looked everywhere");
        };
    try (Adapter adapter = new Adapter(stub.endpoint(), Adapter.TIMEOUT, () -> none)) {
      ComputeException failure = failureOf(adapter.ec2.listInstallation());
      assertThat(failure.error()).isEqualTo(ComputeError.UNAUTHORIZED);
      assertThat(failure)
          .hasMessageContaining("AWS_ACCESS_KEY_ID")
          .hasMessageContaining("looked everywhere");
      assertThat(stub.calls()).isEmpty();
    }
  }

  @Test
  void theChainIsNeverAskedOnAnEventLoopAndTheFirstCallWaitsForIt() throws Exception {
    stub.answers(call -> Answer.ok("DescribeInstances", Ec2Xml.page(List.of("i-1"), null)));
    CountDownLatch slowMetadataService = new CountDownLatch(1);
    CompletableFuture<Boolean> onEventLoop = new CompletableFuture<>();
    AwsCredentialsProvider slow =
        () -> {
          onEventLoop.complete(Context.isOnEventLoopThread());
          awaitQuietly(slowMetadataService);
          return AwsBasicCredentials.create("AKIDEXAMPLE", "secret");
        };
    try (Adapter adapter = new Adapter(stub.endpoint(), Adapter.TIMEOUT, () -> slow)) {
      adapter.ec2.listInstallation().subscribe().with(item -> {}).cancel();
      var listing = adapter.ec2.listInstallation().subscribeAsCompletionStage();
      assertThat(onEventLoop.get()).isFalse();
      assertThat(listing).isNotDone();
      assertThat(stub.calls()).isEmpty();
      slowMetadataService.countDown();
      assertThat(listing.get()).hasSize(1);
    }
  }

  @Test
  void afterTheFirstAnswerCallsDoNotAskTheChainAgain() {
    stub.answers(call -> Answer.ok("DescribeInstances", Ec2Xml.page(List.of(), null)));
    int[] asked = {0};
    AwsCredentialsProvider counting =
        () -> {
          asked[0]++;
          return AwsBasicCredentials.create("AKIDEXAMPLE", "secret");
        };
    try (Adapter adapter = new Adapter(stub.endpoint(), Adapter.TIMEOUT, () -> counting)) {
      await(adapter.ec2.listInstallation());
      await(adapter.ec2.listInstallation());
      assertThat(asked[0]).isEqualTo(1);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
