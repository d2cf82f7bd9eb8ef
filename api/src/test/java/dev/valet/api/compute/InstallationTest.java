package dev.valet.api.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class InstallationTest {
  private static final UUID ID = UUID.fromString("0198f0a0-0000-7000-8000-000000000001");
  private static final UUID OTHER = UUID.fromString("0198f0a0-0000-7000-8000-000000000002");
  private static final Installation MINE = new Installation(ID, "111111111111", "us-east-1");

  @Test
  void itsOwnDatabaseIsFine() {
    assertThat(MINE.refusal(new Installation(ID, "111111111111", "us-east-1"))).isEmpty();
  }

  @Test
  void aCopiedDatabaseIsRefusedInOneLineThatNamesTheDifference() {
    assertThat(MINE.refusal(new Installation(OTHER, "111111111111", "us-east-1")))
        .get()
        .asString()
        .contains("valet.installation-id is " + ID + " here and " + OTHER + " in the database")
        .doesNotContain("\n", "account is", "region is");
  }

  @Test
  void anotherAccountOrRegionIsRefusedToo() {
    assertThat(MINE.refusal(new Installation(ID, "222222222222", "eu-west-1")))
        .get()
        .asString()
        .contains("valet.ec2.account is 111111111111 here and 222222222222 in the database")
        .contains("valet.ec2.region is us-east-1 here and eu-west-1 in the database");
  }
}
