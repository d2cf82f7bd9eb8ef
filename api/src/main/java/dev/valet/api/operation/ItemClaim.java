package dev.valet.api.operation;

import java.util.UUID;

/**
 * The right to begin one item of a bulk operation, until its lease ends.
 *
 * @param token new with every claim; whatever is recorded needs it
 * @param attempts claims of this item, this one included
 */
public record ItemClaim(Operation bulk, UUID sandboxId, UUID token, int attempts) {}
