package dev.valet.local.ec2.wire;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The {@code Authorization} header of Signature Version 4, taken apart. */
record Authorization(
    String accessKeyId,
    String date,
    String region,
    String service,
    List<String> signedHeaders,
    String signature) {

  static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String TERMINATOR = "aws4_request";

  /** What the key is derived for: date, region, service and terminator. */
  String scope() {
    return String.join("/", date, region, service, TERMINATOR);
  }

  static Authorization parse(String header) {
    if (!header.startsWith(ALGORITHM + " ")) {
      throw incomplete("Unsupported AWS 'algorithm': expecting " + ALGORITHM + ".");
    }
    Map<String, String> parts = new HashMap<>();
    for (String part : header.substring(ALGORITHM.length()).split(",", -1)) {
      String[] pair = part.strip().split("=", 2);
      parts.put(pair[0], pair.length == 2 ? pair[1] : "");
    }
    String[] credential = part(parts, "Credential").split("/", -1);
    if (credential.length != 5 || !credential[4].equals(TERMINATOR)) {
      throw incomplete("Credential must be KEY/DATE/REGION/SERVICE/" + TERMINATOR + ".");
    }
    return new Authorization(
        credential[0],
        credential[1],
        credential[2],
        credential[3],
        Arrays.asList(part(parts, "SignedHeaders").split(";", -1)),
        part(parts, "Signature"));
  }

  private static String part(Map<String, String> parts, String name) {
    String value = parts.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw incomplete("Authorization header requires '" + name + "' parameter.");
    }
    return value;
  }

  private static Ec2Refusal incomplete(String message) {
    return Ec2Refusal.badRequest("IncompleteSignature", message);
  }
}
