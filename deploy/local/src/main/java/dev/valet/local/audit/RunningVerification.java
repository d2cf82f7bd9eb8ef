package dev.valet.local.audit;

import dev.valet.common.audit.AuditCheckpoint;
import dev.valet.common.audit.AuditFinding;
import dev.valet.common.audit.AuditVerification;
import dev.valet.local.host.PropertyFile;
import dev.valet.local.host.StartException;
import dev.valet.local.identity.LocalUser;
import dev.valet.local.identity.TokenCommand;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the running Valet to verify its log, part by part until all is covered. */
final class RunningVerification {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int OK = 200;

  private final HttpClient http = HttpClient.newHttpClient();
  private final String base;
  private final String token;

  private RunningVerification(String base, String token) {
    this.base = base;
    this.token = token;
  }

  /**
   * Verifies.
   *
   * @throws StartException if no Valet runs on the data folder, or it does not answer
   */
  static AuditVerification of(Path data, KeptCheckpoints kept) {
    String token = TokenCommand.token(LocalUser.AUDITOR, data);
    int port = PropertyFile.open(data.resolve("local.properties")).keepInt("port", () -> 8080);
    return new RunningVerification("http://localhost:" + port, token).all(kept);
  }

  private AuditVerification all(KeptCheckpoints kept) {
    List<AuditFinding> findings = new ArrayList<>(kept.bad());
    long lastSeal = 0;
    long rows = 0;
    int checkpoints = 0;
    AuditVerification part;
    String cursor = null;
    do {
      part = part(kept.latest(), cursor);
      findings.addAll(part.findings());
      lastSeal = Math.max(lastSeal, part.toSeq());
      rows += part.rows();
      checkpoints += part.checkpoints();
      cursor = part.nextCursor();
    } while (cursor != null);
    return new AuditVerification(
        findings.isEmpty(),
        true,
        1,
        lastSeal,
        rows,
        checkpoints,
        findings,
        null,
        part.checkpoint());
  }

  private AuditVerification part(@Nullable AuditCheckpoint known, @Nullable String cursor) {
    String query = "?limit=50000";
    if (known != null) {
      query += "&checkpointSeq=" + known.seq() + "&checkpointHash=" + known.hash();
    }
    return get("/api/v1/audit/verify" + query + (cursor == null ? "" : "&cursor=" + cursor));
  }

  private AuditVerification get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(LIMIT)
            .header("Authorization", "Bearer " + token)
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != OK) {
        throw new StartException("the API answers " + answer.statusCode() + ": " + answer.body());
      }
      return Json.MAPPER.readValue(answer.body(), AuditVerification.class);
    } catch (IOException e) {
      throw new StartException("the API does not answer " + base + path + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted", e);
    }
  }
}
