package dev.valet.local.ec2.metadata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.valet.local.ec2.fleet.Catalogue;
import dev.valet.local.ec2.fleet.Instance;
import dev.valet.local.ec2.wire.Account;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** The instance identity document, whose text is the same every time it is asked for. */
final class IdentityDocument {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private IdentityDocument() {}

  static String of(Instance instance, Account account, Catalogue catalogue) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("accountId", account.id());
    document.put("architecture", "x86_64");
    document.put("availabilityZone", zone(instance, catalogue));
    document.put("imageId", instance.launch().imageId());
    document.put("instanceId", instance.id());
    document.put("instanceType", instance.launch().instanceType());
    document.put(
        "pendingTime", instance.status().launchTime().truncatedTo(ChronoUnit.SECONDS).toString());
    document.put("privateIp", instance.launch().privateIp());
    document.put("region", account.region());
    document.put("version", "2017-09-30");
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts are always JSON", e);
    }
  }

  static String zone(Instance instance, Catalogue catalogue) {
    return catalogue.subnet(instance.launch().subnetId()).map(Catalogue.Subnet::zone).orElse("");
  }
}
