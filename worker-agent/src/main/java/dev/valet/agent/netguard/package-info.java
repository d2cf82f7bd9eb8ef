/**
 * The only way from a sandbox' browsers to the network: a proxy on loopback that looks a name up
 * once, checks the addresses, and connects to those that it checked. Writes nothing.
 */
@NullMarked
package dev.valet.agent.netguard;

import org.jspecify.annotations.NullMarked;
