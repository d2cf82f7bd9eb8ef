/**
 * Tasks as the agent sees them, whoever sends them: what it can do ({@link
 * dev.valet.agent.task.TaskCatalogue}), how one attempt is carried out ({@link
 * dev.valet.agent.task.TaskHandler}), and what the rest of the agent is told about the work ({@link
 * dev.valet.agent.task.WorkBoard}). Knows no engine and no wire; writes nothing.
 */
@NullMarked
package dev.valet.agent.task;

import org.jspecify.annotations.NullMarked;
