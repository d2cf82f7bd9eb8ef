package dev.valet.common.audit;

import java.nio.charset.StandardCharsets;
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

/** A sealed log to tamper with. */
final class TestChain {
  static final Instant AT = Instant.parse("2026-11-24T03:00:00Z");

  final List<SealedRow> rows = new ArrayList<>();

  /** So many records, sealed in their order. */
  static TestChain of(int records) {
    TestChain chain = new TestChain();
    for (int i = 1; i <= records; i++) {
      chain.seal(UUID.randomUUID(), "record " + i);
    }
    return chain;
  }

  void seal(UUID id, String text) {
    byte[] prev = rows.isEmpty() ? AuditChain.genesis() : rows.getLast().hash();
    rows.add(sealed(rows.size() + 1, id, prev, text.getBytes(StandardCharsets.UTF_8)));
  }

  static SealedRow sealed(long seq, UUID id, byte[] prev, byte[] bytes) {
    return new SealedRow(seq, id, prev, AuditChain.hash(prev, seq, bytes), bytes, List.of());
  }

  SealedRow row(int seq) {
    return rows.get(seq - 1);
  }

  /** The seal at a place, with another record. */
  void setRecord(int seq, UUID id, byte[] bytes) {
    SealedRow row = row(seq);
    rows.set(seq - 1, new SealedRow(seq, id, row.prev(), row.hash(), bytes, row.untrue()));
  }

  /** Numbers everything anew, from 1. */
  void renumber() {
    for (int i = 0; i < rows.size(); i++) {
      SealedRow row = rows.get(i);
      rows.set(
          i,
          new SealedRow(
              i + 1L, row.auditId(), row.prev(), row.hash(), row.canonical(), row.untrue()));
    }
  }

  /** Makes all seals from a place on anew, as whoever holds the database can. */
  void resealFrom(int seq) {
    List<SealedRow> tail = new ArrayList<>(rows.subList(seq - 1, rows.size()));
    rows.subList(seq - 1, rows.size()).clear();
    tail.forEach(row -> seal(row.auditId(), new String(row.canonical(), StandardCharsets.UTF_8)));
  }

  AuditCheckpoint checkpoint(int seq) {
    return new AuditCheckpoint(
        seq, HexFormat.of().formatHex(row(seq).hash()), AT, "none", new byte[0]);
  }

  List<AuditFinding> walk(AuditCheckpoint... checkpoints) {
    ChainWalk walk = new ChainWalk(1, AuditChain.genesis());
    walk.expect(List.of(checkpoints));
    rows.forEach(walk::next);
    walk.end();
    return walk.findings();
  }

  static KeyPair newKeys() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String pem(KeyPair keys) {
    String base64 = Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded());
    return "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
  }

  static AuditCheckpoint signed(AuditCheckpoint one, KeyPair keys) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(keys.getPrivate());
      signature.update(one.signed());
      return new AuditCheckpoint(
          one.seq(), one.hash(), one.at(), CheckpointKeys.id(keys.getPublic()), signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
