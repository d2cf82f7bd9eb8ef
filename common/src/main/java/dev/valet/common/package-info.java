/** What API, agent and dashboard say to each other; JDK and annotations only. */
@NullMarked
package dev.valet.common;

import org.jspecify.annotations.NullMarked;
