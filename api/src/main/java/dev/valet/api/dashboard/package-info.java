/**
 * The pages for people, built from {@code src/main/webui}: one document for every path, and the
 * files that it names, which the framework serves. Writes nothing.
 */
@NullMarked
package dev.valet.api.dashboard;

import org.jspecify.annotations.NullMarked;
