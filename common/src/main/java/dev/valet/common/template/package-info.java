/** Templates: what a sandbox is made from. */
@NullMarked
package dev.valet.common.template;

import org.jspecify.annotations.NullMarked;
