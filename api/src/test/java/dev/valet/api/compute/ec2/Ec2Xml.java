package dev.valet.api.compute.ec2;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Pieces of EC2's answers. */
final class Ec2Xml {
  static final String IMAGE =
      "<imagesSet><item><imageId>ami-1</imageId><rootDeviceName>/dev/xvda</rootDeviceName></item></imagesSet>";

  private Ec2Xml() {}

  static String launched(String... ids) {
    return "<reservationId>r-1</reservationId><instancesSet>"
        + Arrays.stream(ids).map(id -> instance(id, 0)).collect(Collectors.joining())
        + "</instancesSet>";
  }

  static String page(Collection<String> ids, String next) {
    String reservations =
        ids.stream()
            .map(id ->
                "<item><reservationId>r-"
                    + id
                    + "</reservationId><instancesSet>"
                    + instance(id, 16)
                    + "</instancesSet></item>")
            .collect(Collectors.joining());
    return "<reservationSet>"
        + reservations
        + "</reservationSet>"
        + (next == null ? "" : "<nextToken>" + next + "</nextToken>");
  }

  static String changed(Collection<String> ids) {
    return "<instancesSet>"
        + ids.stream()
            .map(id ->
                "<item><instanceId>"
                    + id
                    + "</instanceId><currentState><code>64</code><name>stopping</name></currentState></item>")
            .collect(Collectors.joining())
        + "</instancesSet>";
  }

  static String instance(String id, int state) {
    return instance(id, state, Map.of(), "");
  }

  static String instance(String id, int state, Map<String, String> tags, String more) {
    String tagSet =
        tags.entrySet().stream()
            .map(tag ->
                "<item><key>" + tag.getKey() + "</key><value>" + tag.getValue() + "</value></item>")
            .collect(Collectors.joining());
    return "<item><instanceId>"
        + id
        + "</instanceId><instanceState><code>"
        + state
        + "</code><name>x</name></instanceState><instanceType>t3.large</instanceType><tagSet>"
        + tagSet
        + "</tagSet>"
        + more
        + "</item>";
  }
}
