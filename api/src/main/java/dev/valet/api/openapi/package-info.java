/**
 * The contract of the HTTP API, as {@code /q/openapi} serves it and {@code docs/api/openapi.yaml}
 * keeps it. What every route has in common is derived here, at build time, from what the route
 * declares anyway: access and problems from its annotations and parameters, descriptions and
 * examples from the Javadoc of its records. Writes nothing; nothing depends on it.
 */
@NullMarked
package dev.valet.api.openapi;

import org.jspecify.annotations.NullMarked;
