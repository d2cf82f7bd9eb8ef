/** What the API tells of the task engine. */
@NullMarked
package dev.valet.common.taskengine;

import org.jspecify.annotations.NullMarked;
