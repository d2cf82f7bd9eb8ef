package dev.valet.api.openapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import dev.valet.api.testkit.Contract;
import dev.valet.api.testkit.ValetTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The document of the API is complete, and the stored one is the one that is served. */
@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class ContractIT {
  private static final Path STORED = Path.of("../docs/api/openapi.yaml");
  private static final String REFRESH =
      "./mvnw test -pl api -am -Dtest=ContractIT -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dopenapi.refresh";

  @Test
  void storedDocumentIsTheOneThatIsServed() throws IOException {
    String served = Contract.text();
    if (System.getProperty("openapi.refresh") != null) {
      Files.createDirectories(STORED.getParent());
      Files.writeString(STORED, served);
    }
    String stored = Files.exists(STORED) ? Files.readString(STORED) : "";
    assertThat(difference(stored, served))
        .as("docs/api/openapi.yaml is not what the API serves; if that is meant: %s", REFRESH)
        .isEmpty();
  }

  /** Where the two part; the whole of them would fill many screens. */
  private static String difference(String stored, String served) {
    int at = Arrays.mismatch(stored.toCharArray(), served.toCharArray());
    return at < 0
        ? ""
        : "stored:\n%s\nserved:\n%s".formatted(around(stored, at), around(served, at));
  }

  private static String around(String text, int at) {
    return text.substring(
        Math.min(text.length(), Math.max(0, at - 200)), Math.min(text.length(), at + 200));
  }

  @Test
  void documentCanBeBrowsed() {
    given().get("/q/swagger-ui/").then().statusCode(200).body(containsString("/q/openapi"));
  }

  @Test
  void everythingIsDescribed() {
    assertThat(String.join("\n", new Completeness(Contract.read()).gaps())).isEmpty();
  }
}
