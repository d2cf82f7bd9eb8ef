/**
 * The worker of a Hatchet engine: connection, attempts, results that survive. The only package that
 * sees gRPC and the generated messages of {@code src/main/protobuf}. All of it runs on one event
 * loop of its own ({@link dev.valet.agent.hatchet.HatchetWorker}), only handlers have threads.
 *
 * <p>Decisions about the connection are pure ({@link dev.valet.agent.hatchet.LinkPlanner}). Writes
 * {@code hatchet/results} of the state folder: results that the engine has not accepted yet.
 */
@NullMarked
package dev.valet.agent.hatchet;

import org.jspecify.annotations.NullMarked;
