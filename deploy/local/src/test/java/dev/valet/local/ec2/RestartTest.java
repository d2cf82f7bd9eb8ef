package dev.valet.local.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.model.Instance;

/** The end of a local EC2 is a reboot of its machines, not the end of its instances. */
class RestartTest {

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

  @Test
  void whatWasRunningIsBootedAgainAsItWas() throws Exception {
    String running = cloud.launchRunning();
    String stopped = cloud.launchRunning();
    cloud.sdk.stopInstances(r -> r.instanceIds(stopped));
    cloud.settle();
    List<Instance> before = List.of(cloud.describe(running), cloud.describe(stopped));

    cloud.restart();

    assertThat(List.of(cloud.describe(running), cloud.describe(stopped))).isEqualTo(before);
    assertThat(cloud.room.on).containsOnlyKeys(running);
    assertThat(cloud.room.on.get(running).privateIp())
        .isEqualTo(before.getFirst().privateIpAddress());
    assertThat(cloud.room.on.get(running).rootVolumeId())
        .isEqualTo(before.getFirst().blockDeviceMappings().getFirst().ebs().volumeId());
  }

  @Test
  void transitionsThatWereUnderWayAreFinished() throws Exception {
    String stopping = cloud.launchRunning();
    String ending = cloud.launchRunning();
    String pending = cloud.launch();
    cloud.sdk.stopInstances(r -> r.instanceIds(stopping));
    cloud.sdk.terminateInstances(r -> r.instanceIds(ending));

    cloud.restart();
    assertThat(cloud.state(pending)).isEqualTo("pending");
    cloud.settle();

    assertThat(cloud.state(stopping)).isEqualTo("stopped");
    assertThat(cloud.state(ending)).isEqualTo("terminated");
    assertThat(cloud.state(pending)).isEqualTo("running");
    assertThat(cloud.room.on).containsOnlyKeys(pending);
    assertThat(cloud.room.log).contains("discard " + ending);
  }

  @Test
  void aTornLastLineCostsNothingThatWasAnswered() throws Exception {
    String id = cloud.launchRunning();
    cloud.close();
    Path journal = data.resolve("ec2/journal.jsonl");
    Files.writeString(journal, "{\"changes\":[{\"change\":\"mov", StandardOpenOption.APPEND);

    cloud.restart();

    assertThat(cloud.state(id)).isEqualTo("running");
    String next = cloud.launch();
    cloud.restart();
    assertThat(cloud.state(next)).isEqualTo("pending");
  }

  @Test
  void aDamagedJournalStopsTheStart() throws Exception {
    cloud.launch();
    cloud.close();
    Path journal = data.resolve("ec2/journal.jsonl");
    Files.writeString(journal, "nonsense\n" + Files.readString(journal));

    assertThatThrownBy(cloud::restart)
        .hasMessageContaining("Line 1")
        .hasMessageContaining("damaged");

    Files.delete(journal);
    cloud.restart();
  }

  @Test
  void aDataFolderServesOneAtATime() {
    assertThatThrownBy(
            () -> LocalEc2.start(LocalEc2Config.of(data, Cloud.ACCOUNT, new PaperRoom())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("in use");
  }

  @Test
  void aTakenPortIsNamed() {
    int port = cloud.ec2.endpoint().getPort();

    assertThatThrownBy(() ->
            LocalEc2.start(
                LocalEc2Config.of(data.resolve("other"), Cloud.ACCOUNT, new PaperRoom())
                    .withPort(port)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1:" + port);
  }
}
