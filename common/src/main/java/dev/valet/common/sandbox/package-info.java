/** The sandbox as every party names it: phases, states, views and requests of the HTTP API. */
@NullMarked
package dev.valet.common.sandbox;

import org.jspecify.annotations.NullMarked;
