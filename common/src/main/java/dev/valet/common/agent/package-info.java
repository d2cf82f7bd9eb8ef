/**
 * What API and agent say to each other: enrolment, configuration, the names of the agent's
 * settings.
 */
@NullMarked
package dev.valet.common.agent;

import org.jspecify.annotations.NullMarked;
