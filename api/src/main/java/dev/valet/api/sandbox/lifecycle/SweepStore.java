package dev.valet.api.sandbox.lifecycle;

import dev.valet.api.compute.Instance;
import dev.valet.api.platform.db.Reads;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what the status rows say of instances, for comparing with EC2's listing. */
@ApplicationScoped
class SweepStore {
  private static final String LAUNCHED =
      """
      SELECT sandbox_id, instance_id, ec2_status, private_ip, public_ip FROM sandbox_status
      WHERE instance_id IS NOT NULL AND phase <> 'terminated'
      """;

  private final Reads reads;

  SweepStore(Reads reads) {
    this.reads = reads;
  }

  /** What is believed of an instance. */
  record Known(
      UUID sandboxId,
      String instanceId,
      String ec2Status,
      @Nullable String privateIp,
      @Nullable String publicIp) {

    /** Whether EC2 says anything else, or nothing. */
    boolean differsFrom(@Nullable Instance listed) {
      return listed == null
          || !listed.status().wire().equals(ec2Status)
          || !Objects.equals(listed.privateIp(), privateIp)
          || !Objects.equals(listed.publicIp(), publicIp);
    }
  }

  Uni<List<Known>> launched() {
    return reads.list(
        LAUNCHED,
        row ->
            new Known(
                row.getUUID("sandbox_id"),
                row.getString("instance_id"),
                row.getString("ec2_status"),
                row.getString("private_ip"),
                row.getString("public_ip")));
  }
}
