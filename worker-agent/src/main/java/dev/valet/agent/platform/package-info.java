/**
 * What every part of the agent stands on: settings, time, secrets, the exit codes. Knows no other
 * package of the agent; writes nothing.
 */
@NullMarked
package dev.valet.agent.platform;

import org.jspecify.annotations.NullMarked;
