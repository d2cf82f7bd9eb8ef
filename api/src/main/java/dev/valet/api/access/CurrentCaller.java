package dev.valet.api.access;

import dev.valet.api.platform.problem.ProblemException;
import dev.valet.common.problem.ProblemType;
import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/** The caller of the request under way; set by the access filter before the resource runs. */
@RequestScoped
public class CurrentCaller {
  private @Nullable Caller caller;

  /**
   * The caller.
   *
   * @throws ProblemException 401 on a public route, where nobody was asked for a token
   */
  public Caller get() {
    if (caller == null) {
      throw ProblemException.of(ProblemType.UNAUTHORIZED, "This request has no caller");
    }
    return caller;
  }

  /** The caller, if the request has one. */
  @Nullable Caller find() {
    return caller;
  }

  void set(Caller caller) {
    this.caller = caller;
  }
}
