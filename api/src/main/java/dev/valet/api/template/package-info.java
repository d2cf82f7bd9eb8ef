/** Templates and their immutable versions. Writes template and template_version. */
@NullMarked
package dev.valet.api.template;

import org.jspecify.annotations.NullMarked;
