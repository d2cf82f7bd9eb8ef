package dev.valet.api.platform.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import dev.valet.api.testkit.RawHttp;
import dev.valet.api.testkit.TestTokens;
import dev.valet.api.testkit.ValetTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a request, the answer is a problem of the catalogue that says what. */
@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class ProblemsIT {
  private static final String ECHO = "/api/v1/test-echo";
  private static final String ID = "0197f0a0-5e3b-7c3e-8a30-2b1f6f1c2d3e";
  private static final String GOOD =
      "{\"name\":\"a\",\"environment\":\"dev\",\"capacity\":1,\"items\":[\"x\"]}";

  @Test
  void goodRequestPasses() {
    post(GOOD).statusCode(200).body("environment", equalTo("dev"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/nothing", "/nothing", "/api", "/q/nothing", "/api/v1/me/more"})
  void unknownRouteIsNotFound(String path) {
    problem(admin().get(path).then(), 404, "not-found").body("instance", equalTo(path));
  }

  @Test
  void unknownMethodIsNotAllowed() {
    problem(admin().put(ECHO).then(), 405, "method-not-allowed")
        .header("Allow", equalTo("DELETE, POST"));
  }

  /** Where several resources begin alike, the framework itself finds no route. */
  @Test
  void unknownMethodIsNotAllowedWhereResourcesShareTheirBeginning() {
    problem(admin().put("/api/v1/sandboxes/" + ID).then(), 405, "method-not-allowed")
        .header("Allow", equalTo("GET, PATCH"));
  }

  @Test
  void bodyThatDoesNotSayWhatItIsIsUnsupported() {
    String answer = RawHttp.post(ECHO, TestTokens.as("admin"), GOOD);
    assertThat(answer).startsWith("HTTP/1.1 415").contains("urn:valet:problem:unsupported");
  }

  @Test
  void unknownAcceptIsNotAcceptable() {
    problem(admin().accept("application/xml").get("/api/v1/me").then(), 406, "not-acceptable");
  }

  @Test
  void unknownContentTypeIsUnsupported() {
    problem(
        admin().contentType("text/plain").body("x").post(ECHO).then(),
        415,
        "unsupported-media-type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[1", "{\"name\":}", "nonsense", "{} {}", "{\"name\":\"\\uZZ\"}"})
  void textThatIsNoJsonIsRefused(String body) {
    post(body).statusCode(400).contentType("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "3", "\"text\"", "null", "true"})
  void jsonThatIsNoObjectIsRefused(String body) {
    post(body).statusCode(400).contentType("application/problem+json");
  }

  @Test
  void unknownFieldIsNamedWithThoseThatThereAre() {
    problem(post(GOOD.replace("\"name\"", "\"nmae\"")), 400, "validation")
        .body("errors.field", contains("nmae"))
        .body("errors[0].allowed", hasItem("name"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "environment":"dev"  | "environment":"moon"     | environment
          "capacity":1         | "capacity":"1"           | capacity
          "capacity":1         | "capacity":1.5           | capacity
          "capacity":1         | "capacity":null          | capacity
          "capacity":1         | "capacity":99999999999   | capacity
          "name":"a"           | "name":7                 | name
          "name":"a"           | "name":["a"]             | name
          "name":"a"           | "name":"a\\u0000b"       | name
          "name":"a"           | "name":"\\ud800"         | name
          "name":"a"           | "name":"a","id":"1-1-1-1-1x" | id
          "name":"a"           | "name":"a","at":"soon"   | at
          "name":"a"           | "name":"a","id":""       | id
          "name":"a"           | "name":"a","at":""       | at
          "name":"a"           | "name":"a","tags":[1]    | tags
          "name":"a"           | "name":"a","tags":{"k":1} | tags.k
          "items":["x"]        | "items":"x"              | items
          "items":["x"]        | "items":["x",3]          | items[1]
          """)
  void valueOfAnotherTypeIsNamed(String right, String wrong, String field) {
    problem(post(GOOD.replace(right, wrong)), 400, "validation")
        .body("errors.field", contains(field))
        .body("detail", not(containsString("java")));
  }

  @Test
  void allowedValuesAreListed() {
    post(GOOD.replace("\"dev\"", "\"moon\""))
        .body("errors[0].allowed", contains("dev", "staging", "prod"));
  }

  @Test
  void everyBrokenConstraintIsListed() {
    problem(post("{\"name\":\" \",\"capacity\":0,\"items\":[\"\"]}"), 400, "validation")
        .body("errors.field", containsInAnyOrder("name", "environment", "capacity", "items[0]"));
  }

  @Test
  void fieldTwiceIsRefused() {
    problem(post(GOOD.replace("{", "{\"name\":\"b\",")), 400, "malformed-body");
  }

  @Test
  void deeplyNestedBodyIsRefused() {
    post("[".repeat(1_500)).statusCode(400).contentType("application/problem+json");
  }

  @Test
  void bodyOverTheLimitIsRefused() {
    problem(post("{\"name\":\"" + "x".repeat(70_000) + "\"}"), 413, "body-too-large");
  }

  @Test
  void chunkedBodyOverTheLimitIsRefused() {
    String body = "{\"name\":\"" + "x".repeat(200_000) + "\"}";
    String answer = RawHttp.postChunked(ECHO, TestTokens.as("admin"), body);
    assertThat(answer).startsWith("HTTP/1.1 413").contains("urn:valet:problem:body-too-large");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"abc", "1-1-1-1-1", "0197f0a0-5e3b-7c3e-8a30-2b1f6f1c2d3", "%00", "%27%20OR%201"})
  void idThatIsNoIdIsNamed(String id) {
    problem(admin().urlEncodingEnabled(false).get(ECHO + "/" + id).then(), 400, "validation")
        .body("errors.field", contains("id"));
  }

  @Test
  void unknownParametersAreListedWithThoseThatThereAre() {
    problem(admin().get(ECHO + "/" + ID + "?limt=3&foo=1").then(), 400, "unknown-parameter")
        .body("errors.field", contains("foo", "limt"))
        .body("errors[0].allowed", hasItem("limit"));
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, limit",
    "limit=201, limit",
    "limit=-1, limit",
    "limit=1e3, limit",
    "limit=99999999999999999999, limit",
    "limit=, limit",
    "tag=, tag",
    "limit=1&limit=2, limit",
    "environment=moon, environment",
    "environment=DEV, environment",
    "environment=, environment",
    "from=yesterday, from",
    "from=2026-13-01T00:00:00Z, from",
    "from=-1000000000-01-01T00:00:00Z, from",
    "from=%2B1000000000-12-31T23:59:59Z, from",
    "flag=yes, flag",
    "tag=%00, tag",
  })
  void badParameterIsNamed(String query, String name) {
    problem(
            admin().urlEncodingEnabled(false).get(ECHO + "/" + ID + "?" + query).then(),
            400,
            "validation")
        .body("errors.field", hasItem(name));
  }

  @Test
  void overlongParameterIsNamed() {
    String query = "?tag=" + "x".repeat(2_000);
    problem(admin().get(ECHO + "/" + ID + query).then(), 400, "validation")
        .body("errors.field", contains("tag"));
  }

  @Test
  void allBadParametersAreListedAtOnce() {
    problem(admin().get(ECHO + "/abc?limit=x&environment=y").then(), 400, "validation")
        .body("errors.field", contains("id", "environment", "limit"));
  }

  @Test
  void repeatableParameterMayRepeat() {
    admin().get(ECHO + "/" + ID + "?tag=a&tag=b&limit=5&environment=prod").then().statusCode(200);
  }

  @Test
  void tooLongAddressAndHeadersAreRefused() {
    problem(admin().get("/api/v1/me?x=" + "x".repeat(9_000)).then(), 414, "uri-too-long");
    problem(
        admin().header("X-Long", "x".repeat(17_000)).get("/api/v1/me").then(),
        431,
        "headers-too-large");
  }

  @Test
  void faultOfOursTellsNothingButWhereToLook() {
    problem(admin().get(ECHO + "/broken").then(), 500, "internal")
        .body("detail", not(containsString("secret")))
        .body("traceId", not(equalTo(null)));
  }

  @Test
  void requestIdOfTheClientIsKept() {
    admin()
        .header("X-Request-Id", "my-request.2026_1")
        .get("/nothing")
        .then()
        .header("X-Request-Id", "my-request.2026_1")
        .body("traceId", equalTo("my-request.2026_1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "with space in it", "<script>alert(1)</script>", "0123456789é"})
  void unsafeRequestIdIsReplaced(String id) {
    admin()
        .header("X-Request-Id", id)
        .get("/nothing")
        .then()
        .header("X-Request-Id", matchesPattern("[0-9a-f-]{36}"));
  }

  /** The framework refuses these before any handler of ours, hence without a body. */
  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/me?%zz=1", "/api/v1/me?x=%zz", "/api/v1/%zz", "/api/v1/me%2"})
  void brokenPercentSignsAreTheClientsFault(String path) {
    assertThat(RawHttp.get(path, TestTokens.as("admin"))).startsWith("HTTP/1.1 400");
  }

  @Test
  void unreadableAcceptIsTheClientsFault() {
    for (String accept : new String[] {"nonsense", "application/json;q=x", "a/b/c", ";;"}) {
      int status = admin().header("Accept", accept).get("/api/v1/me").statusCode();
      assertThat(status).as(accept).isIn(200, 400, 406);
    }
  }

  private static RequestSpecification admin() {
    return given().auth().oauth2(TestTokens.as("admin"));
  }

  private static ValidatableResponse post(String body) {
    return admin().contentType("application/json").body(body).post(ECHO).then();
  }

  private static ValidatableResponse problem(
      ValidatableResponse response, int status, String slug) {
    return response
        .statusCode(status)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:valet:problem:" + slug))
        .body("status", equalTo(status))
        .header("X-Request-Id", not(equalTo(null)));
  }
}
