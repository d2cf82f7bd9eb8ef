package dev.valet.agent.platform;

/** Exit codes of the process, with the meaning that sysexits.h gives them. */
public final class ExitCode {
  /** Stopped as asked. */
  public static final int OK = 0;

  /** Something that the agent needs at its start is not there: its port, its address, IMDS. */
  public static final int UNAVAILABLE = 69;

  /** A setting is wrong; starting again does not help. */
  public static final int CONFIG = 78;

  private ExitCode() {}
}
