package dev.valet.agent.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.agent.testing.TestSettings;
import dev.valet.agent.testing.TestSigner;
import dev.valet.agent.trust.TokenVerifier.Request;
import dev.valet.common.agent.RequestToken;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TokenVerifierTest {
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
  private static final UUID ID = UUID.fromString("01970000-0000-7000-8000-00000000000f");
  private static final String TARGET = "/control/drain";
  private static final byte[] BODY = bytes("{\"deadlineSeconds\":60}");
  private static final TestSigner API = new TestSigner();
  private static final RequestToken GOOD =
      new RequestToken(
          TestSettings.SANDBOX,
          TestSettings.BOOT,
          ID,
          NOW,
          RequestToken.hash("POST", TARGET, BODY));

  private final TokenVerifier verifier = new TokenVerifier(TestSettings.SANDBOX, TestSettings.BOOT);

  @Test
  void whatTheApiSignedForThisRequestIsValid() {
    assertThat(verify(API.sign(GOOD.signingInput()), request("POST", TARGET, BODY), NOW))
        .isEqualTo(new TokenVerdict.Valid(ID, NOW.plusSeconds(60)));
  }

  static Stream<Arguments> clocks() {
    return Stream.of(
        Arguments.of(Duration.ofSeconds(-300), ""),
        Arguments.of(Duration.ofSeconds(-301), "from the future: the clocks differ by 301 s"),
        Arguments.of(Duration.ofSeconds(59), ""),
        Arguments.of(Duration.ofSeconds(60 + 300), ""),
        Arguments.of(Duration.ofSeconds(60 + 301), "it expired 301 s ago"));
  }

  @ParameterizedTest
  @MethodSource("clocks")
  void clocksMayDifferByFiveMinutes(Duration later, String refusal) {
    String token = API.sign(GOOD.signingInput());

    assertRefusal(verify(token, request("POST", TARGET, BODY), NOW.plus(later)), refusal);
  }

  static Stream<Arguments> otherTokens() {
    UUID other = UUID.fromString("01970000-0000-7000-8000-0000000000aa");
    String boot = TestSettings.BOOT;
    String hash = GOOD.requestHash();
    return Stream.of(
        Arguments.of(new RequestToken(other, boot, ID, NOW, hash), "for another sandbox"),
        Arguments.of(
            new RequestToken(TestSettings.SANDBOX, "boot-fedcba9876543210", ID, NOW, hash),
            "for another process"),
        Arguments.of(
            new RequestToken(TestSettings.SANDBOX, boot, ID, NOW, "x"), "for another request"));
  }

  @ParameterizedTest
  @MethodSource("otherTokens")
  void aTokenFitsOneAudienceOneBootOneRequest(RequestToken token, String refusal) {
    assertRefusal(
        verify(API.sign(token.signingInput()), request("POST", TARGET, BODY), NOW), refusal);
  }

  static Stream<Request> otherRequests() {
    return Stream.of(
        request("GET", TARGET, BODY),
        request("POST", "/control/resume", BODY),
        request("POST", TARGET + "?x=1", BODY),
        request("POST", TARGET, bytes("{\"deadlineSeconds\":61}")),
        request("POST", TARGET, new byte[0]));
  }

  @ParameterizedTest
  @MethodSource("otherRequests")
  void aTokenOpensNoOtherRequest(Request request) {
    assertRefusal(verify(API.sign(GOOD.signingInput()), request, NOW), "for another request");
  }

  static Stream<Arguments> forgeries() {
    String good = API.sign(GOOD.signingInput());
    String[] parts = good.split("\\.");
    String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.US_ASCII);
    String none = part("{\"alg\":\"none\",\"typ\":\"valet-request\"}");
    return Stream.of(
        Arguments.of(new TestSigner().sign(GOOD.signingInput()), "not signed by the API"),
        Arguments.of(none + "." + parts[1] + ".", "kind"),
        Arguments.of(none + "." + parts[1] + "." + parts[2], "kind"),
        Arguments.of(header("{\"alg\":\"HS256\",\"typ\":\"valet-request\"}"), "kind"),
        Arguments.of(header("{\"alg\":\"EdDSA\",\"typ\":\"JWT\"}"), "kind"),
        Arguments.of(
            header("{\"alg\":\"EdDSA\",\"typ\":\"valet-request\",\"crit\":[\"b64\"]}"), "kind"),
        Arguments.of(parts[0] + "." + parts[1] + ".", "not signed"),
        Arguments.of(parts[0] + "." + parts[1] + "." + part("short"), "not signed"),
        Arguments.of(
            parts[0] + "." + part(claims.replace("01900", "01901")) + "." + parts[2], "not signed"),
        Arguments.of(signed(claims.replace("\"exp\":", "\"exp\":9")), "count for too long"),
        Arguments.of(signed(claims.replace("\"iat\":", "\"iat\":-")), "no iat"),
        Arguments.of(signed(claims.replace("\"iat\":", "\"iat\":99999999999999999999")), "no iat"),
        Arguments.of(signed(claims.replace("\"jti\":\"0197", "\"jti\":\"zzzz")), "cannot be read"),
        Arguments.of(signed(claims.replaceFirst("\"aud\":", "\"boot\":\"x\",\"aud\":")), "read"),
        Arguments.of(signed(claims + "{}"), "cannot be read"),
        Arguments.of(signed("[]"), "cannot be read"),
        Arguments.of(signed("{}"), "no aud"),
        Arguments.of(signed("null"), "cannot be read"));
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void forgeriesAreRefused(String token, String refusal) {
    assertRefusal(verify(token, request("POST", TARGET, BODY), NOW), refusal);
  }

  static List<String> garbage() {
    String good = API.sign(GOOD.signingInput());
    return List.of(
        "",
        ".",
        "..",
        "...",
        "a.b",
        "ü.ü.ü",
        good + ".",
        good + "." + good,
        good.replace('.', ' '),
        "x".repeat(TokenVerifier.LONGEST),
        "x".repeat(1_000_000),
        good.substring(5),
        " " + good);
  }

  @ParameterizedTest
  @MethodSource("garbage")
  void garbageIsRefused(String token) {
    assertThat(verify(token, request("POST", TARGET, BODY), NOW))
        .isInstanceOf(TokenVerdict.Invalid.class);
  }

  @Test
  void aKeyThatIsNoneRefusesAll() {
    String token = API.sign(GOOD.signingInput());

    assertRefusal(
        verifier.verify(token, request("POST", TARGET, BODY), "a2V5", NOW),
        "not signed by the API");
  }

  @Test
  void aTokenIsSpentOnceAndRememberedUntilNoClockCanTakeItForValid() {
    SpentTokens spent = new SpentTokens();
    TokenVerdict.Valid token = new TokenVerdict.Valid(ID, NOW.plusSeconds(60));

    assertThat(spent.refusal(token, NOW)).isEmpty();
    assertThat(spent.refusal(token, NOW)).contains("it was used before");
    fill(spent, NOW.plusSeconds(60));
    assertThat(spent.refusal(token, NOW.plusSeconds(360))).contains("it was used before");
  }

  @Test
  void whatIsRememberedIsBoundedAndForgottenInTime() {
    SpentTokens spent = new SpentTokens();
    fill(spent, NOW.plusSeconds(60));
    TokenVerdict.Valid next = new TokenVerdict.Valid(UUID.randomUUID(), NOW.plusSeconds(400));

    assertThat(spent.refusal(next, NOW.plusSeconds(360)))
        .hasValueSatisfying(reason -> assertThat(reason).contains("too many"));
    assertThat(spent.refusal(next, NOW.plusSeconds(361))).isEmpty();
  }

  private static void fill(SpentTokens spent, Instant expiresAt) {
    for (int i = 0; i < SpentTokens.MOST; i++) {
      spent.refusal(new TokenVerdict.Valid(new UUID(1, i), expiresAt), NOW);
    }
  }

  private TokenVerdict verify(String token, Request request, Instant now) {
    return verifier.verify(token, request, API.publicKey(), now);
  }

  private static void assertRefusal(TokenVerdict verdict, String refusal) {
    if (refusal.isEmpty()) {
      assertThat(verdict).isInstanceOf(TokenVerdict.Valid.class);
    } else {
      assertThat(verdict)
          .isInstanceOfSatisfying(
              TokenVerdict.Invalid.class, no -> assertThat(no.reason()).contains(refusal));
    }
  }

  private static String header(String header) {
    return API.sign(part(header) + "." + GOOD.signingInput().split("\\.")[1]);
  }

  private static String signed(String claims) {
    return API.sign(part(RequestToken.HEADER) + "." + part(claims));
  }

  private static String part(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(text));
  }

  private static Request request(String method, String target, byte[] body) {
    return new Request(method, target, body);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
