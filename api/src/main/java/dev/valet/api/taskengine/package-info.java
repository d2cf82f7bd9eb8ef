/**
 * The task engine as the control plane sees it: figures of its queues and workers, asked by one
 * replica for all, and workers that are alive but take no tasks, found by comparing what engine and
 * agents say. Writes tables task_engine, task_engine_queue, task_engine_worker and
 * worker_suspicion.
 *
 * <p>Nothing waits for the engine: one that is away is shown, with the age of what was known.
 */
@NullMarked
package dev.valet.api.taskengine;

import org.jspecify.annotations.NullMarked;
