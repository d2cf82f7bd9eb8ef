package dev.valet.api.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
  private static final String CONTEXT = "launch_attempt/1";
  private static final byte[] SECRET = "the bootstrap token".getBytes(StandardCharsets.UTF_8);

  private final MasterKey first = key(1);
  private final MasterKey second = key(2);
  private final Envelope envelope = envelope(first);

  @Test
  void whatIsSealedOpensInItsContext() {
    assertThat(envelope.open(envelope.seal(SECRET, CONTEXT), CONTEXT)).isEqualTo(SECRET);
  }

  @Test
  void emptyAndLargeSecretsAreKeptToo() {
    byte[] large = new byte[1 << 20];
    assertThat(envelope.open(envelope.seal(new byte[0], CONTEXT), CONTEXT)).isEmpty();
    assertThat(envelope.open(envelope.seal(large, CONTEXT), CONTEXT)).isEqualTo(large);
  }

  @Test
  void theSameSecretIsNeverSealedToTheSameBytes() {
    assertThat(envelope.seal(SECRET, CONTEXT)).isNotEqualTo(envelope.seal(SECRET, CONTEXT));
  }

  @Test
  void sealedBytesDoNotShowTheSecret() {
    String sealed = new String(envelope.seal(SECRET, CONTEXT), StandardCharsets.ISO_8859_1);
    assertThat(sealed).doesNotContain("bootstrap");
  }

  @Test
  void aRowsSecretIsWorthlessInAnotherRow() {
    byte[] sealed = envelope.seal(SECRET, CONTEXT);
    assertThatIllegalStateException()
        .isThrownBy(() -> envelope.open(sealed, "launch_attempt/2"))
        .withMessageContaining("launch_attempt/2");
  }

  @Test
  void everySingleFlippedBitIsDetected() {
    byte[] sealed = envelope.seal(SECRET, CONTEXT);
    for (int bit = 0; bit < sealed.length * Byte.SIZE; bit++) {
      byte[] altered = sealed.clone();
      altered[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
      assertThatIllegalStateException()
          .as("bit %d", bit)
          .isThrownBy(() -> envelope.open(altered, CONTEXT));
    }
  }

  @Test
  void everyTruncationAndAnExtraByteAreDetected() {
    byte[] sealed = envelope.seal(SECRET, CONTEXT);
    for (int length = 0; length < sealed.length; length++) {
      byte[] cut = Arrays.copyOf(sealed, length);
      assertThatIllegalStateException()
          .as("%d bytes", length)
          .isThrownBy(() -> envelope.open(cut, CONTEXT));
    }
    byte[] longer = Arrays.copyOf(sealed, sealed.length + 1);
    assertThatIllegalStateException().isThrownBy(() -> envelope.open(longer, CONTEXT));
  }

  @Test
  void aSecretsCiphertextCannotBePutUnderAnothersHeader() {
    byte[] one = envelope.seal(SECRET, CONTEXT);
    byte[] other = envelope.seal(SECRET, CONTEXT);
    byte[] mixed = one.clone();
    System.arraycopy(other, other.length / 2, mixed, other.length / 2, other.length / 2);
    assertThatIllegalStateException().isThrownBy(() -> envelope.open(mixed, CONTEXT));
  }

  @Test
  void oldSecretsOpenAfterARotationAndNewOnesUseTheNewKey() {
    byte[] old = envelope.seal(SECRET, CONTEXT);
    Envelope rotated = envelope(second, first);
    assertThat(rotated.open(old, CONTEXT)).isEqualTo(SECRET);
    assertThat(envelope(second).open(rotated.seal(SECRET, CONTEXT), CONTEXT)).isEqualTo(SECRET);
  }

  @Test
  void anUnknownKeyIsNamedAsTheReason() {
    byte[] sealed = envelope.seal(SECRET, CONTEXT);
    assertThatIllegalStateException()
        .isThrownBy(() -> envelope(second).open(sealed, CONTEXT))
        .withMessageContaining("put the old key back");
  }

  private static Envelope envelope(MasterKey... keys) {
    return new Envelope(new KeyRing(List.of(keys)), new SecureRandom());
  }

  private static MasterKey key(int fill) {
    byte[] bytes = new byte[MasterKey.BYTES];
    Arrays.fill(bytes, (byte) fill);
    return new MasterKey(bytes);
  }
}
