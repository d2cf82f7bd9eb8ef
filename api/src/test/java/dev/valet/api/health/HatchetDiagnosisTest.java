package dev.valet.api.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.common.health.HatchetState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HatchetDiagnosisTest {

  /** Troubles as the agent's gRPC client words them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UNAVAILABLE: UnknownHostException Failed to resolve 'engine.internal' [A(1)]                 | DNS:
          UNAVAILABLE: AnnotatedConnectException Connection refused: engine/10.0.0.7:7070              | Network: nobody
          heartbeats fail: UNAVAILABLE: StacklessClosedChannelException null                           | Network: nobody
          UNAVAILABLE: HttpClosedException Stream was closed (GOAWAY error code = 0)                   | Network: nobody
          UNAVAILABLE: ConnectTimeoutException connection timed out after 5000 ms: engine/10.0.0.7:70  | Network: the engine does not answer
          DEADLINE_EXCEEDED: NoStackTraceTimeoutException Timeout 5000 (ms)                            | Network: the engine does not answer
          UNAVAILABLE: SSLHandshakeException PKIX path building failed                                 | TLS:
          UNAVAILABLE: NotSslRecordException not an SSL/TLS record: 485454502f312e31                   | TLS:
          UNAUTHENTICATED: invalid auth token                                                          | Token: the engine refuses
          the token expired at 2026-01-01T00:00:00Z                                                    | Token: it has expired
          the token is not a JWT of three parts                                                        | Token: the engine refuses
          UNKNOWN: the answer is not gRPC: wrong port, or a proxy                                      | Wrong server:
          UNIMPLEMENTED: unknown service Dispatcher                                                    | Wrong server:
          FAILED_PRECONDITION: worker has no active listener                                           | Stream:
          the engine's address is not host:port                                                        | Settings:
          """)
  void troubleIsSaidInWordsThatNameTheRemedy(String trouble, String meaning) {
    assertThat(HatchetDiagnosis.of(HatchetState.DEGRADED, trouble))
        .startsWith(meaning)
        .endsWith("(" + trouble + ")");
  }

  @Test
  void whatIsNotKnownIsShownAsTheAgentSaysIt() {
    assertThat(HatchetDiagnosis.of(HatchetState.CONNECTING, "INTERNAL: boom"))
        .isEqualTo("INTERNAL: boom");
  }

  @Test
  void connectionThatWorksHasNoDiagnosis() {
    assertThat(HatchetDiagnosis.of(HatchetState.CONNECTED, null)).isNull();
    assertThat(HatchetDiagnosis.of(HatchetState.NOT_CONFIGURED, null)).isNull();
  }

  @Test
  void silenceIsNamed() {
    assertThat(HatchetDiagnosis.of(HatchetState.CONNECTING, null)).contains("first time");
    assertThat(HatchetDiagnosis.of(HatchetState.DEGRADED, null)).contains("does not say why");
    assertThat(HatchetDiagnosis.of(HatchetState.UNAUTHORIZED, null)).startsWith("Token:");
  }
}
