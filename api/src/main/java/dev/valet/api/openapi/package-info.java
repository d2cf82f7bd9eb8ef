/**
 * The contract of the HTTP API, as {@code /q/openapi} serves it and {@code docs/api/openapi.yaml}
 * keeps it. What every route has in common is derived here, at build time, from what the route
 * declares anyway: access and problems from its annotations and parameters, descriptions and
 * examples from the Javadoc of its records. Writes nothing; nothing depends on it.
 */
@OpenAPIDefinition(
    info = @Info(title = ApiContract.TITLE, version = ApiContract.VERSION),
    components =
        @Components(
            schemas = @Schema(name = "Problem", implementation = Problem.class),
            securitySchemes = {
              @SecurityScheme(
                  securitySchemeName = ApiContract.PEOPLE,
                  type = SecuritySchemeType.HTTP,
                  scheme = "bearer",
                  bearerFormat = "JWT",
                  description =
                      "A signed token of the configured issuer, for people and services."),
              @SecurityScheme(
                  securitySchemeName = ApiContract.AGENTS,
                  type = SecuritySchemeType.HTTP,
                  scheme = "bearer",
                  description = "The credential that an agent got when it enrolled.")
            }))
@NullMarked
package dev.valet.api.openapi;

import dev.valet.common.problem.Problem;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.jspecify.annotations.NullMarked;
