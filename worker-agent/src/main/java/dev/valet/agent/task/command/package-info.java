/**
 * The {@code command} handler: tasks that are programs, declared in {@code tasks.d/*.yaml} of the
 * agent's state folder. Writes nothing itself; what the programs write is theirs.
 */
@NullMarked
package dev.valet.agent.task.command;

import org.jspecify.annotations.NullMarked;
