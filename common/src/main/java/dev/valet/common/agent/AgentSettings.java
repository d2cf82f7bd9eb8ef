package dev.valet.common.agent;

/**
 * Names of the agent's settings: environment variables, written to {@value #FILE} by cloud-init and
 * read by the agent at its start. A variable that is empty counts as not set.
 */
public final class AgentSettings {
  /** Where cloud-init writes the settings, mode 0600. */
  public static final String FILE = "/etc/valet/agent.env";

  /** Base URL of the API, {@code http://host:port} or {@code https://...}; required. */
  public static final String API_URL = "VALET_API_URL";

  /** The sandbox's id, a UUID; required. */
  public static final String SANDBOX_ID = "VALET_SANDBOX_ID";

  /**
   * One-use token for enrolment, 16 to 128 visible ASCII characters; the only secret in user-data.
   */
  public static final String BOOTSTRAP_TOKEN = "VALET_BOOTSTRAP_TOKEN";

  /** Tasks at once, 1 to 100; default 1. */
  public static final String CAPACITY = "VALET_CAPACITY";

  /**
   * Engines that the template declares, comma-separated: at most 16 different names of {@code
   * [a-z][a-z0-9-]{0,31}}; may be empty.
   */
  public static final String ENGINES = "VALET_ENGINES";

  /**
   * Whether there is a desktop that people can watch: {@code on}, {@code off}, or {@code auto},
   * where its programs are installed; default {@code auto}. With {@code on}, health depends on it.
   */
  public static final String DESKTOP = "VALET_DESKTOP";

  /**
   * Folder for what the agent keeps, relative to its working directory; default {@code
   * var/lib/valet}.
   */
  public static final String STATE_DIR = "VALET_STATE_DIR";

  /** Port of the health server, 1 to 65535; default 8000. */
  public static final String HEALTH_PORT = "HEALTH_PORT";

  /**
   * Address that the health server binds: an IP address, or {@code auto} for the instance's
   * local-ipv4, which is what cloud-init writes; default {@code 0.0.0.0}.
   */
  public static final String HEALTH_HOST = "HEALTH_HOST";

  /** Base URL of the instance metadata service; the AWS SDKs' own variable. */
  public static final String IMDS_ENDPOINT = "AWS_EC2_METADATA_SERVICE_ENDPOINT";

  /**
   * How long running tasks may go on after the agent was asked to stop, 0 to 3600 seconds; default
   * 20.
   */
  public static final String DRAIN_SECONDS = "VALET_DRAIN_SECONDS";

  /**
   * How many hours the API may be silent until an idle agent has its machine switched off, 0 to
   * 8760; default 24, 0 for never. Up to two hours are added, a different time for each sandbox.
   */
  public static final String DEAD_MAN_HOURS = "VALET_DEAD_MAN_HOURS";

  /**
   * Below {@link #STATE_DIR}: the file by which the agent asks for its machine to be switched off.
   */
  public static final String POWER_OFF_FILE = "requests/power-off";

  /**
   * Whether browsers use their own sandbox, {@code on} (default) or {@code off}. Off is for
   * machines on which it cannot start, such as most containers; the health answer then warns.
   */
  public static final String BROWSER_SANDBOX = "VALET_BROWSER_SANDBOX";

  /**
   * Networks that browsers may reach although they are not public, as comma-separated {@code
   * address/bits}; by default none. The metadata service and link-local addresses stay closed.
   */
  public static final String CAPTURE_ALLOW = "VALET_CAPTURE_ALLOW";

  /** Ports that browsers may reach, comma-separated; default {@code 80,443}. */
  public static final String CAPTURE_PORTS = "VALET_CAPTURE_PORTS";

  /** Base URL of AdsPower's local API; default {@code http://127.0.0.1:50325}. */
  public static final String ADSPOWER_URL = "VALET_ADSPOWER_URL";

  /** Key of AdsPower's local API, 1 to 128 visible ASCII characters; by default none. */
  public static final String ADSPOWER_KEY = "VALET_ADSPOWER_KEY";

  private AgentSettings() {}
}
