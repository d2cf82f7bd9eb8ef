package dev.valet.local.ec2.metadata;

import dev.valet.local.host.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;

/** The key that vouches for identity documents, made once for each data folder. */
public final class IdentityKey {

  /** The file with the public key, below {@code DATA/ec2}; for whoever verifies documents. */
  public static final String PUBLIC_FILE = "identity-public.pem";

  private static final String PRIVATE_FILE = "identity-key.pem";
  private static final int BITS = 2048;

  private final PrivateKey key;

  private IdentityKey(PrivateKey key) {
    this.key = key;
  }

  /** The key of this folder, made now if there is none. */
  public static IdentityKey in(Path folder) throws IOException {
    Path file = folder.resolve(PRIVATE_FILE);
    try {
      RSAPrivateCrtKey key = Files.exists(file) ? read(file) : create(file);
      publish(key, folder.resolve(PUBLIC_FILE));
      return new IdentityKey(key);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(
          file + " is no RSA key; remove it to have a new one made: " + e.getMessage(), e);
    }
  }

  private static RSAPrivateCrtKey read(Path file) throws IOException, GeneralSecurityException {
    String base64 = Files.readString(file).replaceAll("-----[A-Z ]+-----", "");
    byte[] encoded = Base64.getMimeDecoder().decode(base64);
    return (RSAPrivateCrtKey)
        KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
  }

  private static RSAPrivateCrtKey create(Path file) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(BITS);
    PrivateKey key = generator.generateKeyPair().getPrivate();
    PrivateFiles.write(file, pem("PRIVATE KEY", key.getEncoded()));
    return (RSAPrivateCrtKey) key;
  }

  private static void publish(RSAPrivateCrtKey key, Path file) throws GeneralSecurityException {
    RSAPublicKeySpec spec = new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent());
    byte[] encoded = KeyFactory.getInstance("RSA").generatePublic(spec).getEncoded();
    PrivateFiles.write(file, pem("PUBLIC KEY", encoded));
  }

  private static String pem(String kind, byte[] encoded) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
  }

  /** RSA with SHA-256 over exactly this text, in base64. */
  String sign(String text) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The identity key does not sign", e);
    }
  }
}
