/** The agent on a sandbox: entry point and the order in which its parts start and stop. */
@NullMarked
package dev.valet.agent;

import org.jspecify.annotations.NullMarked;
