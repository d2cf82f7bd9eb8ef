/**
 * The audit log's chain: how its seals are made, what its checkpoints say, and the walk that finds
 * what was done to it. Plain Java, so that anybody can verify an export without Valet's API.
 */
@NullMarked
package dev.valet.common.audit;

import org.jspecify.annotations.NullMarked;
