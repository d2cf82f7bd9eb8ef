/**
 * The instances of a local EC2: what they are, how they change state, and the journal that
 * remembers them. Every change is on disk before anybody hears of it.
 *
 * <p>Writes {@code DATA/ec2/journal.jsonl}.
 */
@NullMarked
package dev.valet.local.ec2.fleet;

import org.jspecify.annotations.NullMarked;
