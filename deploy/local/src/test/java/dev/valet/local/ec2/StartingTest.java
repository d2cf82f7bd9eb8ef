package dev.valet.local.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.local.ec2.machine.Machine;
import dev.valet.local.ec2.machine.MachineRoom;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** Until all machines are booted there is no answer, and above all no empty list. */
@Timeout(60)
class StartingTest {

  @TempDir Path data;

  /** A room whose machines take their time to boot. */
  private static final class SlowRoom implements MachineRoom {
    final CountDownLatch booting = new CountDownLatch(1);
    final CountDownLatch goOn = new CountDownLatch(1);

    @Override
    public void boot(Machine machine) {
      booting.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void open() {}

    @Override
    public CompletableFuture<Void> shutDown(String instanceId) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void powerOff(String instanceId) {}

    @Override
    public void discard(Machine machine) {}

    @Override
    public void forget(String instanceId) {}

    @Override
    public boolean isOn(String instanceId) {
      return false;
    }

    @Override
    public boolean kill(String instanceId) {
      return false;
    }

    @Override
    public void close() {}
  }

  @Test
  void callsAreUnavailableUntilAllMachinesAreBooted() throws Exception {
    try (Cloud cloud = new Cloud(data)) {
      cloud.launchRunning();
    }
    int port = freePort();
    SlowRoom room = new SlowRoom();
    CompletableFuture<LocalEc2> starting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return LocalEc2.start(LocalEc2Config.of(data, Cloud.ACCOUNT, room).withPort(port));
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            },
            Thread::startVirtualThread);
    assertThat(room.booting.await(20, TimeUnit.SECONDS)).isTrue();

    try (Ec2Client sdk = client(port)) {
      var refusal = Cloud.refusal(sdk::describeInstances);
      assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("Unavailable");
      assertThat(refusal.statusCode()).isEqualTo(503);

      room.goOn.countDown();
      try (LocalEc2 ec2 = starting.get(20, TimeUnit.SECONDS)) {
        assertThat(ec2.endpoint().getPort()).isEqualTo(port);
        assertThat(sdk.describeInstances().reservations()).hasSize(1);
      }
    }
  }

  private static Ec2Client client(int port) {
    return Ec2Client.builder()
        .endpointOverride(java.net.URI.create("http://127.0.0.1:" + port))
        .region(Region.of(Cloud.ACCOUNT.region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    Cloud.ACCOUNT.accessKeyId(), Cloud.ACCOUNT.secretAccessKey())))
        .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }

  private static int freePort() throws java.io.IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
