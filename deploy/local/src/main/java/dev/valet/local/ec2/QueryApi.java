package dev.valet.local.ec2;

import dev.valet.local.ec2.action.Actions;
import dev.valet.local.ec2.chaos.Holds;
import dev.valet.local.ec2.wire.Ec2Refusal;
import dev.valet.local.ec2.wire.QueryParameters;
import dev.valet.local.ec2.wire.Reply;
import dev.valet.local.ec2.wire.SignatureCheck;
import dev.valet.local.ec2.wire.SignedCall;
import dev.valet.local.ec2.wire.XmlAnswer;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** EC2's query API over HTTP: who calls, what is called, and the answer or refusal. */
final class QueryApi {

  private static final System.Logger LOG = System.getLogger(QueryApi.class.getName());

  private final SignatureCheck signatures;
  private final Actions actions;
  private final Holds holds;
  private final Runnable changed;

  QueryApi(SignatureCheck signatures, Actions actions, Holds holds, Runnable changed) {
    this.signatures = signatures;
    this.actions = actions;
    this.holds = holds;
    this.changed = changed;
  }

  Reply answer(SignedCall call) throws InterruptedException {
    String requestId = UUID.randomUUID().toString();
    QueryParameters parameters;
    String action;
    try {
      checkTarget(call);
      signatures.verify(call);
      parameters = QueryParameters.parse(new String(call.body(), StandardCharsets.UTF_8));
      action = actions.name(parameters);
    } catch (Ec2Refusal refusal) {
      return refused(refusal, requestId);
    }
    holds.pass(action, Holds.Moment.BEFORE);
    Reply reply = perform(parameters, requestId);
    changed.run();
    holds.pass(action, Holds.Moment.AFTER);
    return reply;
  }

  static Reply unavailable() {
    return refused(
        Ec2Refusal.serverError("Unavailable", 503, "The local EC2 is starting; try again soon."),
        UUID.randomUUID().toString());
  }

  private static void checkTarget(SignedCall call) {
    if (!call.path().equals("/") || !call.method().equals("POST")) {
      throw Ec2Refusal.badRequest(
          "InvalidRequest", "EC2 is called with POST on /, not with " + call.method());
    }
  }

  private Reply perform(QueryParameters parameters, String requestId) {
    try {
      return Reply.xml(200, requestId, actions.call(parameters, requestId));
    } catch (Ec2Refusal refusal) {
      return refused(refusal, requestId);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "Request " + requestId + " failed", e);
      return refused(
          Ec2Refusal.serverError("InternalError", 500, "An internal error has occurred"),
          requestId);
    }
  }

  private static Reply refused(Ec2Refusal refusal, String requestId) {
    return Reply.xml(refusal.httpStatus(), requestId, XmlAnswer.refusal(refusal, requestId));
  }
}
