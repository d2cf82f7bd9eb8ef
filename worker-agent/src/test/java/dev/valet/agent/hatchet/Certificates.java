package dev.valet.agent.hatchet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/** A private authority and whom it certifies, made by the JDK's own keytool. */
final class Certificates {
  private static final String PASSWORD = "changeit";

  private final Path folder;
  private final Path store;
  private final KeyStore keys;

  /** Names: {@code ca}, {@code server}, {@code client}, and {@code stranger} of nobody. */
  Certificates(Path folder, String serverName) throws Exception {
    this.folder = folder;
    this.store = folder.resolve("keys.p12");
    make("ca", "-ext", "bc:c");
    make("server", "-signer", "ca", "-ext", "san=dns:" + serverName);
    make("client", "-signer", "ca");
    make("stranger");
    this.keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
  }

  private void make(String name, String... more) throws Exception {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> command =
        new ArrayList<>(
            List.of(
                keytool.toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-keyalg",
                "EC",
                "-validity",
                "2",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IOException(Files.readString(folder.resolve("keytool.log")));
    }
  }

  String certificate(String name) throws GeneralSecurityException {
    return pem("CERTIFICATE", keys.getCertificate(name).getEncoded());
  }

  String key(String name) throws GeneralSecurityException {
    return pem("PRIVATE KEY", keys.getKey(name, PASSWORD.toCharArray()).getEncoded());
  }

  /**
   * What the server listens with; it speaks HTTP/2 only.
   *
   * @param mutual whether clients must show a certificate of the same authority
   * @param version the one version of TLS that it speaks, such as {@code TLSv1.3}
   */
  SSLServerSocket serverSocket(boolean mutual, String version) throws Exception {
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    char[] password = PASSWORD.toCharArray();
    own.setKeyEntry(
        "server", keys.getKey("server", password), password, keys.getCertificateChain("server"));
    KeyManagerFactory shown = KeyManagerFactory.getInstance("PKIX");
    shown.init(own, password);
    KeyStore authority = KeyStore.getInstance("PKCS12");
    authority.load(null, null);
    authority.setCertificateEntry("ca", keys.getCertificate("ca"));
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(authority);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(shown.getKeyManagers(), trusted.getTrustManagers(), null);
    SSLServerSocket socket =
        (SSLServerSocket) context.getServerSocketFactory().createServerSocket();
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    parameters.setProtocols(new String[] {version});
    parameters.setNeedClientAuth(mutual);
    socket.setSSLParameters(parameters);
    return socket;
  }

  /** A file with that text. */
  String file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "tls", ".pem"), text).toString();
  }

  private static String pem(String what, byte[] der) {
    String base64 =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n";
  }
}
