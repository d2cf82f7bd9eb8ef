/** Root package. */
@org.jspecify.annotations.NullMarked
package dev.valet.agent;
