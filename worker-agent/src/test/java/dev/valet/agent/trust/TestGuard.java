package dev.valet.agent.trust;

import dev.valet.agent.lifecycle.Lifecycle;
import dev.valet.agent.platform.ApiSilence;
import dev.valet.agent.testing.TestSettings;
import dev.valet.agent.testing.TestSigner;
import dev.valet.common.agent.AgentConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The guard of an agent that has enrolled with an API that signs with this key. */
public final class TestGuard {
  private TestGuard() {}

  /** For the process of {@link TestSettings#process}. */
  public static RequestGuard enrolled(TestSigner api, Clock clock) {
    Lifecycle lifecycle = new Lifecycle();
    lifecycle.beginEnrolment();
    lifecycle.enrolled(new AgentConfig(TestSettings.SANDBOX, 1, List.of(), api.publicKey()));
    return new RequestGuard(
        TestSettings.in(Path.of("/nowhere")).settings(),
        TestSettings.process(Duration.ZERO),
        lifecycle,
        new ApiSilence(System::nanoTime),
        clock);
  }
}
