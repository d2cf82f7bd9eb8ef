/** The launcher script: what a person meets at the terminal. */
package dev.valet.local.launcher;
