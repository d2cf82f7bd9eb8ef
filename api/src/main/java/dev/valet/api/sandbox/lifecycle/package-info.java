/** The reconciler: claim, observe, plan, act, record. Writes sandbox_status and launch_attempt. */
@NullMarked
package dev.valet.api.sandbox.lifecycle;

import org.jspecify.annotations.NullMarked;
