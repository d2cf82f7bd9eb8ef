package dev.valet.local.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.valet.common.audit.AuditChain;
import dev.valet.common.audit.AuditCheckpoint;
import dev.valet.common.audit.AuditExportLine;
import dev.valet.common.audit.AuditFault;
import dev.valet.common.audit.AuditFinding;
import dev.valet.common.audit.AuditVerification;
import dev.valet.common.audit.CheckpointKeys;
import dev.valet.local.host.StartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An outsider verifies an export with nothing but files. */
class ExportVerificationTest {
  private static final HexFormat HEX = HexFormat.of();

  @TempDir private Path folder;
  private final List<AuditExportLine> lines = new ArrayList<>();
  private KeyPair keys;

  @BeforeEach
  void export() throws GeneralSecurityException {
    keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] prev = AuditChain.genesis();
    for (int seq = 1; seq <= 20; seq++) {
      String canonical = "{\"n\":" + seq + ",\"name\":\"Zoë\"}";
      byte[] hash = AuditChain.hash(prev, seq, canonical.getBytes(StandardCharsets.UTF_8));
      lines.add(
          new AuditExportLine(
              seq, UUID.randomUUID(), HEX.formatHex(prev), HEX.formatHex(hash), canonical));
      prev = hash;
    }
  }

  @Test
  void untouchedExportIsIntactAndWhole() throws Exception {
    AuditVerification found = verify(checkpoint(20, keys));
    assertThat(found.intact()).isTrue();
    assertThat(found.complete()).isTrue();
    assertThat(found.toSeq()).isEqualTo(20);
    assertThat(found.checkpoints()).isEqualTo(1);
    assertThat(AuditCommand.text(found))
        .isEqualTo("Intact: seals 1 to 20, 1 signed checkpoints compared");
  }

  @Test
  void tamperingIsNamed() throws Exception {
    AuditCheckpoint last = checkpoint(20, keys);
    AuditExportLine row = lines.get(6);
    lines.set(6, new AuditExportLine(7, row.auditId(), row.prev(), row.hash(), "{\"n\":70}"));
    assertThat(faults(verify(last))).containsExactly(AuditFault.ALTERED);
    lines.remove(6);
    assertThat(faults(verify(last))).containsExactly(AuditFault.REMOVED);
  }

  @Test
  void cutTailShowsWithACheckpoint() throws Exception {
    AuditCheckpoint last = checkpoint(20, keys);
    lines.subList(15, 20).clear();
    assertThat(verify().intact()).isTrue();
    assertThat(faults(verify(last))).containsExactly(AuditFault.CUT_TAIL);
  }

  @Test
  void foreignCheckpointIsABadSignature() throws Exception {
    KeyPair foreign = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    assertThat(faults(verify(checkpoint(20, foreign)))).containsExactly(AuditFault.BAD_SIGNATURE);
  }

  @Test
  void exportWithFiltersIsVerifiedLineByLine() throws Exception {
    lines.removeIf(line -> line.seq() % 3 != 0);
    assertThat(faults(verify())).contains(AuditFault.REMOVED);
    assertThat(verifyWith("--partial").intact()).isTrue();
    AuditExportLine row = lines.get(2);
    lines.set(2, new AuditExportLine(9, row.auditId(), row.prev(), row.hash(), "{}"));
    assertThat(faults(verifyWith("--partial"))).containsExactly(AuditFault.ALTERED);
  }

  @Test
  void exportThatBeginsInTheMiddleSaysSo() throws Exception {
    lines.subList(0, 10).clear();
    AuditVerification found = verify(checkpointOf(lines.getLast(), keys));
    assertThat(found.intact()).isTrue();
    assertThat(found.complete()).isFalse();
    assertThat(found.fromSeq()).isEqualTo(11);
  }

  @Test
  void whatIsNoExportIsNotTampering() throws IOException {
    Files.writeString(folder.resolve("export"), "<html>");
    assertThatThrownBy(() -> AuditCommand.verify(options()))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("cannot read the export");
    assertThatThrownBy(() -> VerifyOptions.parse("verify", "--export"))
        .hasMessageContaining("--export needs a file");
    assertThatThrownBy(() -> VerifyOptions.parse("prove")).hasMessageContaining("no option prove");
  }

  private AuditCheckpoint checkpoint(int seq, KeyPair signer) throws GeneralSecurityException {
    return checkpointOf(lines.get(seq - 1), signer);
  }

  private static AuditCheckpoint checkpointOf(AuditExportLine line, KeyPair signer)
      throws GeneralSecurityException {
    Instant at = Instant.parse("2026-11-24T03:00:00Z");
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(signer.getPrivate());
    signature.update(AuditCheckpoint.signed(line.seq(), line.hash(), at));
    return new AuditCheckpoint(
        line.seq(), line.hash(), at, CheckpointKeys.id(signer.getPublic()), signature.sign());
  }

  private AuditVerification verify(AuditCheckpoint... kept) throws IOException {
    StringBuilder text = new StringBuilder();
    for (AuditCheckpoint one : kept) {
      text.append(Json.MAPPER.writeValueAsString(one)).append('\n');
    }
    Files.writeString(folder.resolve("checkpoints"), text);
    return verifyWith("--checkpoint", folder.resolve("checkpoints").toString());
  }

  private AuditVerification verifyWith(String... more) throws IOException {
    StringBuilder text = new StringBuilder();
    for (AuditExportLine line : lines) {
      text.append(Json.MAPPER.writeValueAsString(line)).append('\n');
    }
    Files.writeString(folder.resolve("export"), text);
    return AuditCommand.verify(options(more));
  }

  private VerifyOptions options(String... more) throws IOException {
    String base64 = Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    Path open = folder.resolve("audit.pub");
    Files.writeString(
        open, "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n");
    List<String> all = new ArrayList<>(List.of("verify", "--public-key", open.toString()));
    all.addAll(List.of("--export", folder.resolve("export").toString()));
    all.addAll(List.of(more));
    return VerifyOptions.parse(all.toArray(String[]::new));
  }

  private static List<AuditFault> faults(AuditVerification found) {
    return found.findings().stream().map(AuditFinding::fault).toList();
  }
}
