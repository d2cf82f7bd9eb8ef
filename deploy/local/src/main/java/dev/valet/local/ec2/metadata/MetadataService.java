package dev.valet.local.ec2.metadata;

import dev.valet.local.ec2.fleet.Fleet;
import dev.valet.local.ec2.fleet.Instance;
import dev.valet.local.ec2.fleet.SpotNotices;
import dev.valet.local.ec2.wire.Account;
import dev.valet.local.ec2.wire.Reply;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The instance metadata service. On EC2 the network tells instances apart; here every instance has
 * a base path of its own, which is derived from the account's secret and cannot be guessed.
 */
public final class MetadataService {

  private static final String TOKEN_PATH = "/latest/api/token";
  private static final String TOKEN_HEADER = "x-aws-ec2-metadata-token";
  private static final String LIFE_HEADER = "x-aws-ec2-metadata-token-ttl-seconds";
  private static final int LONGEST_LIFE = 21_600;

  private final Map<String, String> instanceIds = new ConcurrentHashMap<>();
  private final Map<String, Function<Instance, Optional<String>>> documents;
  private final SessionTokens tokens;
  private final Fleet fleet;
  private final SpotNotices notices;
  private final Account account;

  /** The service for a fleet's instances. */
  public MetadataService(
      Fleet fleet, SpotNotices notices, Account account, IdentityKey key, Clock clock) {
    this.fleet = fleet;
    this.notices = notices;
    this.account = account;
    this.tokens = new SessionTokens(clock);
    this.documents = documents(key);
  }

  private Map<String, Function<Instance, Optional<String>>> documents(IdentityKey key) {
    return Map.of(
        "/latest/meta-data/spot/instance-action", this::spotAction,
        "/latest/meta-data/instance-id", instance -> Optional.of(instance.id()),
        "/latest/meta-data/instance-type",
            instance -> Optional.of(instance.launch().instanceType()),
        "/latest/meta-data/local-ipv4", instance -> Optional.of(instance.launch().privateIp()),
        "/latest/meta-data/placement/region", instance -> Optional.of(account.region()),
        "/latest/meta-data/placement/availability-zone",
            instance -> Optional.of(IdentityDocument.zone(instance, fleet.catalogue())),
        "/latest/meta-data/events/maintenance/scheduled", instance -> Optional.of("[]"),
        "/latest/user-data", MetadataService::userData,
        "/latest/dynamic/instance-identity/document", instance -> Optional.of(document(instance)),
        "/latest/dynamic/instance-identity/signature",
            instance -> Optional.of(key.sign(document(instance))));
  }

  private Optional<String> spotAction(Instance instance) {
    return notices
        .end(instance.id())
        .map(end -> "{\"action\":\"terminate\",\"time\":\"" + end + "\"}");
  }

  private String document(Instance instance) {
    return IdentityDocument.of(instance, account, fleet.catalogue());
  }

  private static Optional<String> userData(Instance instance) {
    return Optional.ofNullable(instance.launch().userData())
        .map(encoded -> new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8));
  }

  /** The path segment under which an instance reaches its own metadata, and no other's. */
  public String segment(String instanceId) {
    String segment = derived(instanceId);
    instanceIds.put(segment, instanceId);
    return segment;
  }

  private String derived(String instanceId) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec(
              account.secretAccessKey().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] whole = mac.doFinal(("imds " + instanceId).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(whole, 0, 16);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HmacSHA256", e);
    }
  }

  /**
   * Answers one request.
   *
   * @param path the segment of an instance and what follows it, with a slash in front
   * @param headers by lower-case name
   */
  public Reply answer(String method, String path, Map<String, List<String>> headers) {
    String[] parts = path.split("/", 3);
    String segment = parts.length > 1 ? parts[1] : "";
    String rest = parts.length > 2 ? "/" + parts[2] : "/";
    return Optional.ofNullable(instanceIds.get(segment))
        .flatMap(fleet::find)
        .filter(instance -> instance.state().isPowered())
        .map(instance -> answer(instance, method, rest, headers))
        .orElseGet(() -> Reply.text(404, "There is no such instance, or it is not on\n"));
  }

  private Reply answer(
      Instance instance, String method, String path, Map<String, List<String>> headers) {
    if (!instance.launch().metadata().isEnabled()) {
      return Reply.text(403, "The metadata service of this instance is disabled\n");
    }
    return switch (method) {
      case "PUT" -> newToken(instance, path, headers);
      case "GET" -> document(instance, path, headers);
      default -> Reply.text(405, "Only GET and PUT are possible here\n");
    };
  }

  private Reply newToken(Instance instance, String path, Map<String, List<String>> headers) {
    // A proxy in between would hand the token to somebody else.
    if (headers.containsKey("x-forwarded-for")) {
      return Reply.text(403, "A forwarded request gets no token\n");
    }
    if (!path.equals(TOKEN_PATH)) {
      return Reply.text(403, "Tokens are at " + TOKEN_PATH + "\n");
    }
    String seconds = first(headers, LIFE_HEADER).orElse("");
    if (!seconds.matches("[0-9]{1,5}")
        || Integer.parseInt(seconds) < 1
        || Integer.parseInt(seconds) > LONGEST_LIFE) {
      return Reply.text(400, LIFE_HEADER + " must be 1 to " + LONGEST_LIFE + "\n");
    }
    Duration life = Duration.ofSeconds(Integer.parseInt(seconds));
    return Reply.text(200, tokens.issue(instance.id(), life)).with(LIFE_HEADER, seconds);
  }

  private Reply document(Instance instance, String path, Map<String, List<String>> headers) {
    Optional<String> token = first(headers, TOKEN_HEADER);
    boolean needed = instance.launch().metadata().needsToken() || token.isPresent();
    if (needed && !token.filter(t -> tokens.isValid(instance.id(), t)).isPresent()) {
      return Reply.text(401, "A valid " + TOKEN_HEADER + " is required\n");
    }
    return Optional.ofNullable(documents.get(path))
        .flatMap(document -> document.apply(instance))
        .map(text -> Reply.text(200, text))
        .orElseGet(() -> Reply.text(404, "Not found\n"));
  }

  private static Optional<String> first(Map<String, List<String>> headers, String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }
}
