package dev.valet.agent.hatchet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.agent.hatchet.LinkRunner.Timing;
import dev.valet.agent.task.TaskOutcome.Completed;
import dev.valet.common.health.HatchetState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real engine behind TLS with a private authority, with and without certificates of clients.
 */
class EngineTlsIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String NAME = "engine.internal";
  @TempDir static Path keys;
  @TempDir Path folder;
  private static Certificates certificates;
  private RealEngine engine;
  private String task;

  @BeforeAll
  static void certify() throws Exception {
    certificates = new Certificates(keys, NAME);
  }

  @BeforeEach
  void findEngine() throws Exception {
    engine = RealEngine.shared();
  }

  private TcpProxy front(boolean mutual) throws Exception {
    return new TcpProxy(certificates.serverSocket(mutual, "TLSv1.3"), engine.grpcPort());
  }

  /** With the strategy, the authority and the engine's name. */
  private static Map<String, String> settings(String strategy) throws Exception {
    Map<String, String> settings = new HashMap<>();
    set(settings, "STRATEGY", strategy);
    set(settings, "ROOT_CA_FILE", certificates.file(certificates.certificate("ca")));
    set(settings, "SERVER_NAME", NAME);
    return settings;
  }

  private static void set(Map<String, String> settings, String name, String value) {
    settings.put("HATCHET_CLIENT_TLS_" + name, value);
  }

  /** With a task that no earlier worker has, so that none is sent to a dead one. */
  private WorkerRig rig(TcpProxy front, Map<String, String> settings) {
    task = "secured-" + UUID.randomUUID();
    return new WorkerRig(folder, engine.handshake().token(), front.port(), Timing.DEFAULT, settings)
        .task(task, attempt -> new Completed("{}"));
  }

  private void works(TcpProxy front, Map<String, String> settings) {
    try (WorkerRig rig = rig(front, settings).connected()) {
      assertThat(engine.worker(rig.workerId()).path("status").asText()).isEqualTo("ACTIVE");
      assertThat(engine.awaitEnd(engine.trigger(task, "{}"), SOON).path("status").asText())
          .isEqualTo("COMPLETED");
    }
  }

  /** With TLS 1.3 a client learns that its certificate is refused by a closed connection. */
  private void isRefused(TcpProxy front, Map<String, String> settings, String because) {
    try (WorkerRig rig = rig(front, settings).configure()) {
      rig.await(facts -> String.valueOf(facts.engine().detail()).contains(because), SOON);
      assertThat(rig.facts().engine().state()).isNotEqualTo(HatchetState.CONNECTED);
      assertThat(rig.workerId()).isNull();
    }
  }

  @Test
  void aPrivateAuthorityIsTrustedWhenItIsNamed() throws Exception {
    try (TcpProxy front = front(false)) {
      works(front, settings("tls"));

      Map<String, String> machines = settings("tls");
      machines.remove("HATCHET_CLIENT_TLS_ROOT_CA_FILE");
      isRefused(front, machines, "SSLHandshakeException");
    }
  }

  @Test
  void anotherNameThanTheCertificatesIsRefused() throws Exception {
    try (TcpProxy front = front(false)) {
      Map<String, String> wrong = settings("tls");
      set(wrong, "SERVER_NAME", "other.internal");
      isRefused(front, wrong, "SSLHandshakeException");

      Map<String, String> host = settings("tls");
      host.remove("HATCHET_CLIENT_TLS_SERVER_NAME");
      isRefused(front, host, "SSLHandshakeException");
    }
  }

  @Test
  void bothSidesShowCertificatesGivenAsTextOrAsFiles() throws Exception {
    try (TcpProxy front = front(true)) {
      Map<String, String> text = settings("mtls");
      text.remove("HATCHET_CLIENT_TLS_ROOT_CA_FILE");
      set(text, "ROOT_CA", certificates.certificate("ca"));
      set(text, "CERT", certificates.certificate("client").replace("\n", "\\n"));
      set(text, "KEY", certificates.key("client"));
      works(front, text);

      Map<String, String> stranger = settings("mtls");
      set(stranger, "CERT_FILE", certificates.file(certificates.certificate("stranger")));
      set(stranger, "KEY_FILE", certificates.file(certificates.key("stranger")));
      isRefused(front, stranger, "UNAVAILABLE");

      Map<String, String> files = settings("mtls");
      set(files, "CERT_FILE", certificates.file(certificates.certificate("client")));
      set(files, "KEY_FILE", certificates.file(certificates.key("client")));
      works(front, files);
      isRefused(front, settings("tls"), "UNAVAILABLE");
    }
  }

  @Test
  void anOlderTlsIsSpokenOnlyWhenThatIsAllowed() throws Exception {
    try (TcpProxy front =
        new TcpProxy(certificates.serverSocket(false, "TLSv1.2"), engine.grpcPort())) {
      isRefused(front, settings("tls"), "SSLHandshakeException");

      Map<String, String> older = settings("tls");
      set(older, "MIN_VERSION", "1.2");
      works(front, older);
    }
  }
}
