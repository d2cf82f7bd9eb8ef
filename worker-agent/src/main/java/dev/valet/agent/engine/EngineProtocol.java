package dev.valet.agent.engine;

/** How a browser is driven. */
public enum EngineProtocol {
  /** Chrome DevTools Protocol. */
  CDP("cdp"),

  /** WebDriver BiDi; a browser has one session, which its task begins. */
  BIDI("bidi");

  private final String word;

  EngineProtocol(String word) {
    this.word = word;
  }

  /** What tasks are told. */
  public String word() {
    return word;
  }
}
