/** The closed catalogue of problems (RFC 9457) that the API answers with. */
@NullMarked
package dev.valet.common.problem;

import org.jspecify.annotations.NullMarked;
