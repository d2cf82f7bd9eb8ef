/**
 * Who this agent is: the instance's identity out of the metadata service, the exchange of the
 * one-use bootstrap token for a credential, and the contact with the API at every start. Writes
 * {@code credential} and {@code command.pub} in the state folder.
 */
@NullMarked
package dev.valet.agent.identity;

import org.jspecify.annotations.NullMarked;
