/**
 * What the local distribution needs from the machine it runs on: child processes that die with
 * their parent, loopback ports, files that only their owner may read. Knows no part by name.
 */
@NullMarked
package dev.valet.local.host;

import org.jspecify.annotations.NullMarked;
