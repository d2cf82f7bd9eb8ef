/** What a person would see and do at a desktop, for tests: a viewer without a screen. */
@NullMarked
package dev.valet.local.desktop;

import org.jspecify.annotations.NullMarked;
