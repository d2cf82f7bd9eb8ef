package dev.valet.api.agent;

import java.util.Locale;

/** Why an agent was refused; what is worth an event and the end of a credential, and what not. */
enum Refusal {
  /** No such token or credential, or its time is over, or it was revoked. */
  UNKNOWN("the token or credential is unknown, expired or revoked", false),

  /** The bootstrap token was used before: two machines hold the same user-data. */
  TOKEN_REUSED("the bootstrap token was used a second time", true),

  /** A bootstrap token out of another instance than the launch gave. */
  WRONG_INSTANCE("the bootstrap token was used by another instance than the launched one", false),

  /** A credential out of another instance: its volume was cloned. */
  CREDENTIAL_MOVED("the agent credential was used by another instance", true),

  /** The launch gave another instance than the one that had enrolled. */
  CLAIMED("another instance than the launched one had enrolled", true);

  private final String text;
  private final boolean revokes;

  Refusal(String text, boolean revokes) {
    this.text = text;
    this.revokes = revokes;
  }

  /** For people: logs, events and the audit log. */
  String text() {
    return text;
  }

  /** Whether the sandbox's credential ends with it. */
  boolean revokes() {
    return revokes;
  }

  /** For machines: the reason in events and in the database. */
  String code() {
    return "agent_" + name().toLowerCase(Locale.ROOT);
  }
}
