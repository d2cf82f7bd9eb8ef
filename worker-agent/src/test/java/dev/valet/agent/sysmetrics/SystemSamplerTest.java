package dev.valet.agent.sysmetrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.valet.common.health.AgentHealth.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemSamplerTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

  @TempDir Path proc;
  private SystemSampler sampler;

  @BeforeEach
  void sampler() {
    sampler =
        new SystemSampler(proc, proc.resolve("not/made/yet"), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @Test
  void firstSampleHasNoCpuShare() throws IOException {
    stat("cpu 100 0 0 900");
    assertThat(sampler.sample().cpu()).isNull();

    stat("cpu 150 0 0 950");
    assertThat(sampler.sample().cpu()).isCloseTo(0.5, within(1e-9));

    stat("cpu 150 0 0 1050");
    assertThat(sampler.sample().cpu()).isCloseTo(0.0, within(1e-9));
  }

  @Test
  void unreadableReadingStartsAnew() throws IOException {
    stat("cpu 100 0 0 900");
    sampler.sample();
    stat("nonsense");
    assertThat(sampler.sample().cpu()).isNull();
    stat("cpu 200 0 0 1000");
    assertThat(sampler.sample().cpu()).isNull();
  }

  @Test
  void usedMemoryIsWhatTheKernelCouldNotHandOut() throws IOException {
    Files.writeString(
        proc.resolve("meminfo"),
        "MemTotal:       1000 kB\nMemFree:  10 kB\nMemAvailable:    400 kB\n");

    assertThat(sampler.sample().memory()).isEqualTo(new Usage(600 * 1024, 1000 * 1024));
  }

  @Test
  void ownMemoryAndThreadsAreRead() throws IOException {
    Files.createDirectory(proc.resolve("self"));
    Files.writeString(
        proc.resolve("self/status"), "Name: java\nVmRSS:\t  90000 kB\nThreads:\t17\n");

    SystemSample sample = sampler.sample();

    assertThat(sample.processResidentBytes()).isEqualTo(90_000L * 1024);
    assertThat(sample.processThreads()).isEqualTo(17);
  }

  @Test
  void diskIsKnownBeforeTheStateFolderExists() {
    Usage disk = sampler.sample().disk();

    assertThat(disk.totalBytes()).isPositive();
    assertThat(disk.usedBytes()).isBetween(0L, disk.totalBytes());
  }

  @Test
  void withoutProcEverythingElseStillAnswers() {
    SystemSample sample = sampler.sample();

    assertThat(sample.takenAt()).isEqualTo(Instant.parse("2026-01-02T03:04:05.678Z"));
    assertThat(sample.cpu()).isNull();
    assertThat(sample.memory()).isNull();
    assertThat(sample.processThreads()).isZero();
  }

  private void stat(String line) throws IOException {
    Files.writeString(proc.resolve("stat"), line + "\ncpu0 1 2 3 4\n");
  }
}
