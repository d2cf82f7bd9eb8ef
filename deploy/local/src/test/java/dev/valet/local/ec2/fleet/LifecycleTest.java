package dev.valet.local.ec2.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole table: what each command does in each state. */
class LifecycleTest {

  @ParameterizedTest
  @CsvSource({
    // command, state, has been running, outcome
    "START,     PENDING,       false, ignored",
    "START,     PENDING,       true,  ignored",
    "START,     RUNNING,       true,  ignored",
    "START,     STOPPING,      true,  refused",
    "START,     STOPPED,       true,  to PENDING",
    "START,     SHUTTING_DOWN, true,  refused",
    "START,     TERMINATED,    true,  refused",
    "STOP,      PENDING,       false, refused",
    "STOP,      PENDING,       true,  to STOPPING",
    "STOP,      RUNNING,       true,  to STOPPING",
    "STOP,      STOPPING,      true,  ignored",
    "STOP,      STOPPED,       true,  ignored",
    "STOP,      SHUTTING_DOWN, true,  refused",
    "STOP,      TERMINATED,    true,  refused",
    "REBOOT,    PENDING,       false, ignored",
    "REBOOT,    PENDING,       true,  ignored",
    "REBOOT,    RUNNING,       true,  accepted",
    "REBOOT,    STOPPING,      true,  refused",
    "REBOOT,    STOPPED,       true,  refused",
    "REBOOT,    SHUTTING_DOWN, true,  ignored",
    "REBOOT,    TERMINATED,    true,  ignored",
    "TERMINATE, PENDING,       false, to SHUTTING_DOWN",
    "TERMINATE, PENDING,       true,  to SHUTTING_DOWN",
    "TERMINATE, RUNNING,       true,  to SHUTTING_DOWN",
    "TERMINATE, STOPPING,      true,  to SHUTTING_DOWN",
    "TERMINATE, STOPPED,       true,  to SHUTTING_DOWN",
    "TERMINATE, SHUTTING_DOWN, true,  ignored",
    "TERMINATE, TERMINATED,    true,  ignored",
  })
  void doesWhatEc2Does(Command command, InstanceState state, boolean everRan, String outcome) {
    Lifecycle.Verdict verdict = Lifecycle.judge(command, "i-1", state, everRan);

    assertThat(inWords(verdict)).isEqualTo(outcome);
  }

  private static String inWords(Lifecycle.Verdict verdict) {
    return switch (verdict) {
      case Lifecycle.Move(InstanceState to) -> "to " + to;
      case Lifecycle.Accept() -> "accepted";
      case Lifecycle.Ignore() -> "ignored";
      case Lifecycle.Refuse(String message) -> {
        assertThat(message).contains("'i-1'");
        yield "refused";
      }
    };
  }
}
