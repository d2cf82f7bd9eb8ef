/**
 * What a request asks for: its parameters, checked against what the route declares before anything
 * runs; and pages of long lists with their cursors.
 */
@NullMarked
package dev.valet.api.platform.query;

import org.jspecify.annotations.NullMarked;
