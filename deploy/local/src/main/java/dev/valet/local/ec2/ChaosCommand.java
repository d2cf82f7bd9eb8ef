package dev.valet.local.ec2;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.valet.local.ec2.wire.Account;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The command line for faults: {@code --data DIR} and then one of {@code terminate INSTANCE},
 * {@code kill-agent INSTANCE}, {@code start-agent INSTANCE}, {@code spot-notice INSTANCE}, {@code
 * hold ACTION before|after}, {@code release}, {@code held}. Prints one line; exits with 1 when the
 * fault was not made and with 2 when the command makes no sense.
 */
public final class ChaosCommand {

  private static final String USAGE =
      "usage: --data DIR terminate|kill-agent|start-agent|spot-notice INSTANCE"
          + " | hold ACTION before|after | release | held";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ChaosCommand() {}

  /** Runs one command. */
  public static void main(String[] args) throws InterruptedException {
    System.exit(run(args));
  }

  static int run(String[] args) throws InterruptedException {
    if (args.length < 3 || !args[0].equals("--data")) {
      return fail(2, USAGE);
    }
    try {
      Environment environment = Environment.read(Path.of(args[1]));
      return send(environment, List.of(args).subList(2, args.length));
    } catch (ConnectException e) {
      return fail(1, "no local EC2 is running for " + args[1] + "; start it first");
    } catch (IOException | IllegalArgumentException e) {
      return fail(1, String.valueOf(e.getMessage()));
    }
  }

  private static int send(Environment environment, List<String> words)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(environment.endpoint().resolve("/chaos"), environment.account());
    if (words.equals(List.of("held"))) {
      request.GET();
    } else {
      request.POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(fault(words))));
    }
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
      return report(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }
  }

  private static HttpRequest.Builder request(URI uri, Account account) {
    return HttpRequest.newBuilder(uri)
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + account.secretAccessKey());
  }

  private static Map<String, String> fault(List<String> words) {
    String[] all = words.toArray(String[]::new);
    return switch (all) {
      case String[] w when w.length == 2 && isOnInstance(w[0]) ->
          Map.of("fault", w[0], "instance", w[1]);
      case String[] w when w.length == 3 && w[0].equals("hold") ->
          Map.of("fault", "hold", "action", w[1], "moment", w[2]);
      case String[] w when w.length == 1 && w[0].equals("release") -> Map.of("fault", "release");
      default ->
          throw new IllegalArgumentException("cannot read " + Arrays.toString(all) + "; " + USAGE);
    };
  }

  private static boolean isOnInstance(String fault) {
    return List.of("terminate", "kill-agent", "start-agent", "spot-notice").contains(fault);
  }

  private static int report(HttpResponse<String> response) {
    try {
      JsonNode answer = JSON.readTree(response.body());
      if (response.statusCode() == 200) {
        System.out.println(
            answer.path(answer.has("done") ? "done" : "held").toString().replace("\"", ""));
        return 0;
      }
      return fail(1, answer.path("error").asText());
    } catch (JsonProcessingException e) {
      return fail(1, "HTTP " + response.statusCode() + ": " + response.body().strip());
    }
  }

  private static int fail(int status, String message) {
    System.err.println("chaos: " + message);
    return status;
  }
}
