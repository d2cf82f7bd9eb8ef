package dev.valet.local.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.valet.local.host.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the provider's configuration and login page into its folder. */
final class IdentityConfig {
  /** Seconds; afterwards a client must use its refresh token. */
  private static final int TOKEN_LIFE = 3_600;

  private IdentityConfig() {}

  /** Writes all and returns the configuration file (0600: it holds the signing key). */
  static Path write(Path folder) {
    PrivateFiles.folder(folder);
    Path page = folder.resolve("login.html");
    PrivateFiles.write(page, loginPage());
    Path config = folder.resolve("config.json");
    PrivateFiles.write(config, json(page, SigningKey.keptIn(folder.resolve("key.json"))));
    return config;
  }

  private static String json(Path page, String key) {
    Map<String, Object> config =
        Map.of(
            "interactiveLogin",
            true,
            "loginPagePath",
            page.toAbsolutePath().toString(),
            "rotateRefreshToken",
            true,
            "httpServer",
            "NettyWrapper",
            "tokenProvider",
            Map.of("keyProvider", Map.of("initialKeys", key, "algorithm", "RS256")),
            "tokenCallbacks",
            List.of(
                Map.of(
                    "issuerId",
                    IdentityServer.ISSUER_ID,
                    "tokenExpiry",
                    TOKEN_LIFE,
                    "requestMappings",
                    Arrays.stream(LocalUser.values()).map(IdentityConfig::mapping).toList())));
    try {
      return JsonMapper.builder().build().writeValueAsString(config);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Maps and strings are always JSON", e);
    }
  }

  private static Map<String, Object> mapping(LocalUser user) {
    return Map.of("requestParam", "subject", "match", user.username(), "claims", user.claims());
  }

  private static String loginPage() {
    String buttons =
        Arrays.stream(LocalUser.values())
            .map(user ->
                "<button name=\"username\" value=\"%s\"><b>%s</b> %s</button>"
                    .formatted(user.username(), user.username(), user.purpose()))
            .collect(Collectors.joining("\n      "));
    try (InputStream in = IdentityConfig.class.getResourceAsStream("login.html")) {
      if (in == null) {
        throw new IllegalStateException("login.html is missing beside " + IdentityConfig.class);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("@USERS@", buttons);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
