package dev.valet.local.host;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts child processes that die with this one.
 *
 * <p>Linux sends the parent-death signal when the forking <em>thread</em> ends, not the process. So
 * every child is forked by one daemon thread that lives as long as the JVM; a child forked by a
 * short-lived thread would be shot at once.
 */
public final class ChildProcesses {
  private static final ExecutorService FORKER =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("valet-forker").factory());

  private static final boolean SETPRIV = Commands.succeeds("setpriv", "--version");
  private static final boolean SETSID = Commands.succeeds("setsid", "--version");

  private ChildProcesses() {}

  /**
   * The words that go before a command so that it runs in a session of its own (Ctrl-C at the
   * terminal reaches us alone, and we stop our children in order) and so that the kernel signals it
   * when this JVM ends. Where {@code setpriv} is missing, only {@link ProcessRecord} finds what was
   * left behind.
   *
   * @param signal what the child gets when this JVM ends; a name without SIG, such as {@code KILL}
   */
  public static List<String> bound(String signal) {
    List<String> words = new ArrayList<>();
    if (SETSID) {
      words.add("setsid");
    }
    if (SETPRIV) {
      words.addAll(List.of("setpriv", "--pdeathsig", signal));
    }
    return words;
  }

  /**
   * Starts a child that is killed with SIGKILL when this JVM ends.
   *
   * @throws StartException if the program cannot be started
   */
  public static Process start(ProcessBuilder builder) {
    List<String> command = new ArrayList<>(bound("KILL"));
    command.addAll(builder.command());
    return fork(builder.command(command));
  }

  /**
   * Starts a command as it stands, from the thread that lives as long as the JVM. For commands that
   * carry their own {@link #bound}.
   *
   * @throws StartException if the program cannot be started
   */
  public static Process fork(ProcessBuilder builder) {
    try {
      return FORKER.submit(builder::start).get();
    } catch (ExecutionException e) {
      throw cannotStart(builder, Objects.requireNonNullElse(e.getCause(), e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cannotStart(builder, e);
    }
  }

  private static StartException cannotStart(ProcessBuilder builder, Throwable cause) {
    String why = cause instanceof IOException ? cause.getMessage() : cause.toString();
    return new StartException("Cannot start " + builder.command().getFirst() + ": " + why, cause);
  }
}
