package dev.valet.local.ec2.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Verifies AWS Signature Version 4, the way EC2 does and with EC2's words. */
public final class SignatureCheck {

  private static final Duration ALLOWED_SKEW = Duration.ofMinutes(15);
  private static final String SERVICE = "ec2";
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final String NOT_VALIDATED =
      "AWS was not able to validate the provided access credentials";

  private final Account account;
  private final Clock clock;

  /** A check for one account; the clock judges how old a request is. */
  public SignatureCheck(Account account, Clock clock) {
    this.account = account;
    this.clock = clock;
  }

  /**
   * Returns when the call is signed by the account, for this region and service, just now.
   *
   * @throws Ec2Refusal AuthFailure, MissingAuthenticationToken, IncompleteSignature or
   *     RequestExpired
   */
  public void verify(SignedCall call) {
    Authorization claim =
        Authorization.parse(
            call.header("authorization")
                .orElseThrow(() ->
                    new Ec2Refusal(
                        "MissingAuthenticationToken",
                        403,
                        "Request is missing Authentication Token")));
    String date =
        call.header("x-amz-date")
            .orElseThrow(() ->
                Ec2Refusal.badRequest(
                    "IncompleteSignature", "The request needs an X-Amz-Date header."));
    checkScope(claim, date);
    checkSignedHeaders(claim);
    if (!isSignedBy(account.secretAccessKey(), claim, date, call)) {
      throw Ec2Refusal.authFailure(NOT_VALIDATED);
    }
    checkAge(date);
  }

  private void checkScope(Authorization claim, String date) {
    if (!claim.accessKeyId().equals(account.accessKeyId())) {
      throw Ec2Refusal.authFailure(NOT_VALIDATED);
    }
    if (!claim.region().equals(account.region())) {
      throw Ec2Refusal.authFailure(
          "Credential should be scoped to a valid region, not '%s'. This EC2 is in %s."
              .formatted(claim.region(), account.region()));
    }
    if (!claim.service().equals(SERVICE)) {
      throw Ec2Refusal.authFailure(
          "Credential should be scoped to correct service: '" + SERVICE + "'.");
    }
    if (!date.startsWith(claim.date())) {
      throw Ec2Refusal.authFailure("Date in Credential scope does not match X-Amz-Date.");
    }
  }

  private static void checkSignedHeaders(Authorization claim) {
    for (String needed : new String[] {"host", "x-amz-date"}) {
      if (!claim.signedHeaders().contains(needed)) {
        throw Ec2Refusal.authFailure(
            "'" + needed + "' must be a 'SignedHeader' in the AWS Authorization.");
      }
    }
  }

  private void checkAge(String date) {
    Instant signedAt;
    try {
      signedAt = DATE.parse(date, Instant::from);
    } catch (DateTimeParseException e) {
      throw Ec2Refusal.badRequest(
          "IncompleteSignature", "X-Amz-Date must look like 20260102T030405Z.");
    }
    if (Duration.between(signedAt, clock.instant()).abs().compareTo(ALLOWED_SKEW) > 0) {
      throw Ec2Refusal.badRequest("RequestExpired", "Request has expired.");
    }
  }

  private static boolean isSignedBy(
      String secret, Authorization claim, String date, SignedCall call) {
    String toSign =
        String.join(
            "\n", Authorization.ALGORITHM, date, claim.scope(), sha256(canonical(claim, call)));
    byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (String part : claim.scope().split("/", -1)) {
      key = hmac(key, part);
    }
    String expected = HexFormat.of().formatHex(hmac(key, toSign));
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8),
        claim.signature().getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] canonical(Authorization claim, SignedCall call) {
    String headers =
        claim.signedHeaders().stream()
            .map(name -> name + ":" + call.header(name).orElse("") + "\n")
            .collect(Collectors.joining());
    return String.join(
            "\n",
            call.method(),
            call.path(),
            call.query(),
            headers,
            String.join(";", claim.signedHeaders()),
            sha256(call.body()))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HmacSHA256", e);
    }
  }
}
