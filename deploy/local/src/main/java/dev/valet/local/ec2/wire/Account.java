package dev.valet.local.ec2.wire;

/**
 * The one account that a local EC2 serves, and the one key pair that may call it.
 *
 * @param id twelve digits
 * @param region the region that it plays, for example {@code eu-central-1}
 */
public record Account(String id, String region, String accessKeyId, String secretAccessKey) {

  /** Refuses what cannot be an account. */
  public Account {
    if (!id.matches("[0-9]{12}")) {
      throw new IllegalArgumentException("VALET_EC2_ACCOUNT must be twelve digits, not " + id);
    }
    if (!region.matches("[a-z]{2}(-[a-z]+)+-[0-9]")) {
      throw new IllegalArgumentException(
          "AWS_REGION must look like eu-central-1, not '" + region + "'");
    }
    if (accessKeyId.isBlank() || secretAccessKey.isBlank()) {
      throw new IllegalArgumentException(
          "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must not be empty");
    }
  }

  @Override
  public String toString() {
    return "account " + id + " in " + region;
  }
}
