package dev.valet.local.ec2.action;

import dev.valet.local.ec2.fleet.Catalogue;
import dev.valet.local.ec2.fleet.Fleet;
import dev.valet.local.ec2.fleet.Instance;
import dev.valet.local.ec2.fleet.LaunchRequest;
import dev.valet.local.ec2.fleet.MetadataOptions;
import dev.valet.local.ec2.wire.Ec2Refusal;
import dev.valet.local.ec2.wire.QueryParameters;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Launches instances. */
record RunInstances(Fleet fleet, InstanceXml xml) implements Action {

  private static final int MAX_TOKEN = 64;
  private static final int MAX_USER_DATA = 16_384;
  private static final Set<String> TAGGABLE = Set.of("instance", "volume", "network-interface");

  /** A repetition is the same call even if it is a dry run or comes under another token. */
  private static final Set<String> NOT_OF_THE_CALL = Set.of("ClientToken", "DryRun", "Version");

  @Override
  public Work prepare(QueryParameters parameters) {
    LaunchRequest request = read(parameters);
    return answer -> {
      List<Instance> instances = fleet.launch(request);
      xml.writeReservation(answer, instances);
    };
  }

  private LaunchRequest read(QueryParameters parameters) {
    String image = parameters.required("ImageId");
    DescribeImages.check(image);
    int least = count(parameters, "MinCount");
    int most = count(parameters, "MaxCount");
    if (least > most) {
      throw Ec2Refusal.invalidCombination("MinCount must not be greater than MaxCount.");
    }
    Placement placement = Placement.read(parameters, fleet.catalogue());
    Map<String, Map<String, String>> tags = tags(parameters);
    return new LaunchRequest(
        least,
        most,
        image,
        instanceType(parameters),
        placement.subnetId(),
        placement.publicAddress(),
        placement.securityGroups(),
        clientToken(parameters).orElse(null),
        fingerprint(parameters),
        parameters
            .oneOf("InstanceInitiatedShutdownBehavior", Set.of("stop", "terminate"))
            .orElse("stop"),
        metadata(parameters.group("MetadataOptions")),
        profile(parameters.group("IamInstanceProfile")).orElse(null),
        parameters.text("KeyName").orElse(null),
        parameters.group("Monitoring").flag("Enabled").orElse(false),
        parameters.flag("EbsOptimized").orElse(false),
        userData(parameters).orElse(null),
        BlockDevices.read(parameters),
        tags.getOrDefault("instance", Map.of()),
        tags.getOrDefault("volume", Map.of()));
  }

  private static int count(QueryParameters parameters, String name) {
    OptionalInt count = parameters.number(name);
    if (count.isEmpty()) {
      throw Ec2Refusal.missing(name);
    }
    if (count.getAsInt() < 1) {
      throw Ec2Refusal.invalidValue(
          "Value ( %d ) for parameter %s is invalid. Expecting a value greater than 0."
              .formatted(count.getAsInt(), name));
    }
    return count.getAsInt();
  }

  private String instanceType(QueryParameters parameters) {
    String type = parameters.required("InstanceType");
    Catalogue.InstanceType known =
        fleet
            .catalogue()
            .instanceType(type)
            .orElseThrow(
                () -> Ec2Refusal.invalidValue("Invalid value '" + type + "' for InstanceType."));
    if (!known.architecture().equals(Catalogue.ARCHITECTURE)) {
      throw Ec2Refusal.invalidValue(
          "The architecture '%s' of the specified instance type does not match the architecture '%s' of the specified AMI. Specify an instance type and an AMI that have matching architectures, and try again."
              .formatted(known.architecture(), Catalogue.ARCHITECTURE));
    }
    return type;
  }

  private static Optional<String> clientToken(QueryParameters parameters) {
    Optional<String> token = parameters.text("ClientToken");
    if (token.isPresent() && !token.get().matches("[\\x21-\\x7e]{1," + MAX_TOKEN + "}")) {
      throw Ec2Refusal.invalidValue("The client token must be 1 to 64 printable ASCII characters.");
    }
    return token;
  }

  private static MetadataOptions metadata(QueryParameters options) {
    int hops = options.number("HttpPutResponseHopLimit").orElse(2);
    if (hops < 1 || hops > 64) {
      throw Ec2Refusal.invalidValue(
          "Value ( " + hops + " ) for HttpPutResponseHopLimit is invalid. Expecting 1 to 64.");
    }
    return new MetadataOptions(
        options.oneOf("HttpTokens", Set.of("optional", "required")).orElse("required"),
        options.oneOf("HttpEndpoint", Set.of("enabled", "disabled")).orElse("enabled"),
        hops);
  }

  private static Optional<String> profile(QueryParameters profile) {
    Optional<String> arn = profile.text("Arn");
    Optional<String> name = profile.text("Name");
    if (arn.isPresent() && name.isPresent()) {
      throw Ec2Refusal.invalidCombination(
          "The parameter iamInstanceProfile.name may not be used with iamInstanceProfile.arn");
    }
    return arn.or(() -> name);
  }

  private static Optional<String> userData(QueryParameters parameters) {
    Optional<String> encoded = parameters.text("UserData");
    if (encoded.isPresent()) {
      byte[] raw;
      try {
        raw = Base64.getDecoder().decode(encoded.get());
      } catch (IllegalArgumentException e) {
        throw Ec2Refusal.invalidValue("Invalid BASE64 encoding of user data.");
      }
      if (raw.length > MAX_USER_DATA) {
        throw Ec2Refusal.invalidValue("User data is limited to 16384 bytes");
      }
    }
    return encoded;
  }

  private static Map<String, Map<String, String>> tags(QueryParameters parameters) {
    Map<String, Map<String, String>> byType = new HashMap<>();
    for (QueryParameters specification : parameters.groups("TagSpecification")) {
      String type = specification.required("ResourceType");
      if (!TAGGABLE.contains(type)) {
        throw Ec2Refusal.invalidValue(
            "'" + type + "' is not a valid taggable resource type for this operation.");
      }
      if (byType.put(type, Tags.read(specification)) != null) {
        throw Ec2Refusal.invalidValue("The resource type '" + type + "' is tagged twice.");
      }
    }
    return byType;
  }

  private static String fingerprint(QueryParameters parameters) {
    try {
      byte[] text = parameters.canonical(NOT_OF_THE_CALL).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
