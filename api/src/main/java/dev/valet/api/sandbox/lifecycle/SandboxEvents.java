package dev.valet.api.sandbox.lifecycle;

import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.outbox.EventSubject;
import dev.valet.api.platform.outbox.Outbox;
import dev.valet.api.sandbox.lifecycle.SandboxStatus.Ec2Facts;
import dev.valet.common.event.EventType;
import dev.valet.common.sandbox.Phase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Events of the reconciler: phase, EC2's side, the end. */
@ApplicationScoped
class SandboxEvents {
  private final Outbox outbox;

  SandboxEvents(Outbox outbox) {
    this.outbox = outbox;
  }

  Uni<Void> changed(Tx tx, Claim claim, SandboxStatus next) {
    SandboxStatus before = claim.stored();
    boolean phase = before.phase().name() != next.phase().name();
    boolean ec2 = !Objects.equals(before.instance(), next.instance());
    boolean remark =
        !Objects.equals(before.reason(), next.reason())
            || !before.conditions().equals(next.conditions());
    Uni<Void> sent = Uni.createFrom().voidItem();
    if (phase) {
      EventType type =
          next.phase().name() == Phase.TERMINATED
              ? EventType.SANDBOX_TERMINATED
              : EventType.SANDBOX_PHASE;
      sent = sent.chain(() -> send(tx, claim, type, phase(next)));
    } else if (remark) {
      sent = sent.chain(() -> send(tx, claim, EventType.SANDBOX_CHANGED, phase(next)));
    }
    return ec2 ? sent.chain(() -> send(tx, claim, EventType.SANDBOX_EC2, ec2(next))) : sent;
  }

  private Uni<Void> send(Tx tx, Claim claim, EventType type, Map<String, Object> data) {
    return outbox.add(tx, type, subject(claim.owner()), data);
  }

  private static EventSubject subject(Claim.Owner owner) {
    return EventSubject.sandbox(owner.tenantId(), owner.environment(), owner.sandboxId());
  }

  private static Map<String, Object> phase(SandboxStatus next) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("statusVersion", next.version() + 1);
    data.put("phase", next.phase().name().wire());
    data.put("reason", next.reason());
    return data;
  }

  private static Map<String, Object> ec2(SandboxStatus next) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("statusVersion", next.version() + 1);
    Ec2Facts ec2 = next.instance();
    data.put("instanceId", ec2 == null ? null : ec2.instanceId());
    data.put("status", ec2 == null ? null : ec2.status().wire());
    data.put("privateIp", ec2 == null ? null : ec2.privateIp());
    return data;
  }
}
