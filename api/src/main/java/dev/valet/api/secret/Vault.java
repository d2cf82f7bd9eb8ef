package dev.valet.api.secret;

/**
 * Encrypts what must not lie readable in the database. A port: locally a key file, in production a
 * managed key.
 */
public interface Vault {

  /**
   * Encrypts.
   *
   * @param context what the secret belongs to, such as {@code launch_attempt/<id>}; opening needs
   *     the same, so that a row's bytes are worthless in another row
   */
  byte[] seal(byte[] plain, String context);

  /**
   * Decrypts.
   *
   * @throws IllegalStateException if the bytes were altered, belong to another context or were
   *     sealed with a key that is not there
   */
  byte[] open(byte[] sealed, String context);
}
