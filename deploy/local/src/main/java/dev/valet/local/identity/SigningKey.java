package dev.valet.local.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.valet.local.host.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * The RSA key that signs the tokens, as a JSON Web Key. It is made once and kept, so tokens outlive
 * a restart; the provider's built-in key is in its public source, so anybody could sign with it.
 */
final class SigningKey {
  private static final int BITS = 2048;

  private SigningKey() {}

  /** The key of this file, made at first use (0600). */
  static String keptIn(Path file) {
    try {
      if (!Files.exists(file)) {
        PrivateFiles.write(file, generate());
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  private static String generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      return jwk((RSAPrivateCrtKey) generator.generateKeyPair().getPrivate());
    } catch (NoSuchAlgorithmException | JsonProcessingException e) {
      throw new IllegalStateException("Every JDK has RSA", e);
    }
  }

  private static String jwk(RSAPrivateCrtKey key) throws JsonProcessingException {
    Map<String, String> jwk = new TreeMap<>();
    jwk.put("kty", "RSA");
    jwk.put("use", "sig");
    jwk.put("alg", "RS256");
    jwk.put("kid", "valet");
    jwk.put("n", base64(key.getModulus()));
    jwk.put("e", base64(key.getPublicExponent()));
    jwk.put("d", base64(key.getPrivateExponent()));
    jwk.put("p", base64(key.getPrimeP()));
    jwk.put("q", base64(key.getPrimeQ()));
    jwk.put("dp", base64(key.getPrimeExponentP()));
    jwk.put("dq", base64(key.getPrimeExponentQ()));
    jwk.put("qi", base64(key.getCrtCoefficient()));
    return JsonMapper.builder().build().writeValueAsString(jwk);
  }

  private static String base64(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] unsigned = bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    return Base64.getUrlEncoder().withoutPadding().encodeToString(unsigned);
  }
}
