/** Settings of the framework that would be dangerous: they stop the start. */
@NullMarked
package dev.valet.api.platform.config;

import org.jspecify.annotations.NullMarked;
