package dev.valet.api.openapi;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.info.Info;

/** What is said once for the whole API. */
final class ApiContract {
  /** The security scheme of everybody but agents. */
  static final String PEOPLE = "bearer";

  /** The security scheme of enrolled agents. */
  static final String AGENTS = "agent";

  /** Of the contract, not of the program: a change that breaks clients makes it 2. */
  static final String VERSION = "1.0";

  static final String TITLE = "Valet";

  private static final String DESCRIPTION =
      """
      Fleets of browser sandboxes on EC2.

      Every answer that is not a success is a problem (RFC 9457) of a closed catalogue; its `type` \
      says which, its `traceId`, also sent as `X-Request-Id`, finds the log lines. Unknown query \
      parameters and unknown JSON fields are refused. Long work answers 202 with the operation to \
      follow as `Location`. Lists come in pages: `nextCursor` of one page is `cursor` of the next.

      Everything that changes is told live over the WebSocket `/api/v1/events`: send \
      `{"subscribe": {}}`, receive `{seq, type, at, tenantId, sandboxId, data}`, come back with the \
      last `seq` as `after`. docs/events.md has the messages, the rules and the close codes.

      `x-valet-permission` of an operation is the permission that its caller needs; `any` is any \
      permission at all, `public` none.\
      """;

  private ApiContract() {}

  /** All of it: the framework puts its own title and version before those of the annotation. */
  static Info info() {
    return OASFactory.createInfo()
        .title(TITLE)
        .version(VERSION)
        .description(DESCRIPTION)
        .license(
            OASFactory.createLicense()
                .name("Apache-2.0")
                .url("https://www.apache.org/licenses/LICENSE-2.0"));
  }
}
