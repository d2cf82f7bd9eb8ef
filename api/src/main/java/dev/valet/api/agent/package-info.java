/**
 * Agents: enrolment, their credentials, what they are told at a start, and the client that asks
 * them how they are. Everything is keyed by the sandbox's id. Writes tables agent_registration,
 * agent_bootstrap, agent_credential, agent_contact and command_key.
 */
@NullMarked
package dev.valet.api.agent;

import org.jspecify.annotations.NullMarked;
