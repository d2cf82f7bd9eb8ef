package dev.valet.agent.task.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptureRequestReaderTest {
  private static final Set<String> ENGINES = Set.of("chromium", "firefox");

  @Test
  void anAddressIsEnough() throws Exception {
    assertThat(read("{\"url\":\"http://a.test\"}"))
        .isEqualTo(
            new CaptureRequest(
                "http://a.test",
                null,
                new WaitFor.Loaded(),
                Duration.ofSeconds(30),
                1_280,
                800,
                false));
  }

  @Test
  void everyFieldIsRead() throws Exception {
    CaptureRequest request =
        read(
            """
            {"url":"HTTPS://a.test:81/x?y#z","engine":"firefox","waitFor":{"selector":"#a"},
             "timeout":1000,"viewport":{"width":200,"height":2160},"fullPage":true}
            """);

    assertThat(request)
        .isEqualTo(
            new CaptureRequest(
                "HTTPS://a.test:81/x?y#z",
                "firefox",
                new WaitFor.Selector("#a"),
                Duration.ofSeconds(1),
                200,
                2_160,
                true));
    assertThat(wait("\"domcontentloaded\"")).isEqualTo(new WaitFor.Parsed());
    assertThat(wait("\"networkidle\"")).isEqualTo(new WaitFor.Idle());
    assertThat(wait("250")).isEqualTo(new WaitFor.Pause(Duration.ofMillis(250)));
    assertThat(wait("null")).isEqualTo(new WaitFor.Loaded());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nonsense|the input is not JSON",
        "[]|the input must be a JSON object",
        "{}|url is required: http or https",
        "{'url':1}|url is required: http or https",
        "{'url':'ftp://a.test'}|url must be",
        "{'url':'file:///etc/passwd'}|url must be",
        "{'url':'javascript:1'}|url must be",
        "{'url':'http://'}|url must be",
        "{'url':'http://u:p@a.test'}|url must be",
        "{'url':'http://a b'}|url must be",
        "{'url':'http://a\\u0000'}|url must be",
        "{'url':'http://a','urls':1}|urls is unknown (allowed: [engine, fullPage",
        "{'url':'http://a','engine':'opera'}|engine must be one of [chromium, firefox]",
        "{'url':'http://a','engine':1}|engine must be one of",
        "{'url':'http://a','waitFor':'networkIdle'}|waitFor must be",
        "{'url':'http://a','waitFor':-1}|waitFor must be",
        "{'url':'http://a','waitFor':60001}|waitFor must be",
        "{'url':'http://a','waitFor':1.5}|waitFor must be",
        "{'url':'http://a','waitFor':{'css':'a'}}|waitFor.css is unknown",
        "{'url':'http://a','waitFor':{'selector':''}}|waitFor.selector must be",
        "{'url':'http://a','timeout':999}|timeout must be a whole number from 1000 to 120000",
        "{'url':'http://a','timeout':'30s'}|timeout must be a whole number",
        "{'url':'http://a','viewport':[]}|viewport must be",
        "{'url':'http://a','viewport':{'width':199}}|viewport.width must be",
        "{'url':'http://a','viewport':{'height':2161}}|viewport.height must be",
        "{'url':'http://a','viewport':{'depth':1}}|viewport.depth is unknown",
        "{'url':'http://a','fullPage':'yes'}|fullPage must be true or false"
      })
  void whatIsWrongIsNamed(String input, String message) {
    assertThatThrownBy(() -> read(input.replace('\'', '"')))
        .isInstanceOf(CaptureRefused.class)
        .hasMessageStartingWith(message);
  }

  private static CaptureRequest read(String input) throws CaptureRefused {
    return CaptureRequestReader.read(input, ENGINES);
  }

  private static WaitFor wait(String value) throws CaptureRefused {
    return read("{\"url\":\"http://a\",\"waitFor\":" + value + "}").waitFor();
  }
}
