/** Settings that would be dangerous, of the framework or in key files: they stop the start. */
@NullMarked
package dev.valet.api.platform.config;

import org.jspecify.annotations.NullMarked;
