package dev.valet.api.sandbox.lifecycle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.common.agent.AgentSettings;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Renders user-data: {@code #cloud-config} whose body is JSON, which is YAML. Every value goes
 * through a JSON writer, so nothing that a person chose can become a key or a command. Pure.
 */
final class CloudConfig {
  private static final String PARAMETERS_FILE = "/etc/valet/parameters.json";

  private final ObjectMapper json;

  CloudConfig(ObjectMapper json) {
    this.json = json;
  }

  /**
   * User-data for one launch.
   *
   * @param agentSettings what the agent reads at its start
   * @param parameters the sandbox's parameters, as data
   */
  String render(SequencedMap<String, String> agentSettings, Map<String, Object> parameters) {
    Map<String, Object> agentEnv =
        Map.of(
            "path",
            AgentSettings.FILE,
            "owner",
            "root:root",
            "permissions",
            "0600",
            "content",
            environmentFile(agentSettings));
    Map<String, Object> parameterFile =
        Map.of(
            "path",
            PARAMETERS_FILE,
            "owner",
            "root:root",
            "permissions",
            "0644",
            "content",
            write(parameters));
    return "#cloud-config\n"
        + write(Map.of("write_files", List.of(agentEnv, parameterFile)))
        + "\n";
  }

  /** Lines of {@code NAME="value"} as systemd's EnvironmentFile reads them. */
  static String environmentFile(SequencedMap<String, String> settings) {
    StringBuilder lines = new StringBuilder();
    settings.forEach(
        (name, value) -> lines.append(name).append('=').append(quote(value)).append('\n'));
    return lines.toString();
  }

  private static String quote(String value) {
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("an agent setting has a control character");
    }
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("user-data cannot be written", e);
    }
  }
}
