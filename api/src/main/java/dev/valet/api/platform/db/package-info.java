/**
 * Transactions and reads. {@link dev.valet.api.platform.db.Transactions} is the only way to write.
 */
@NullMarked
package dev.valet.api.platform.db;

import org.jspecify.annotations.NullMarked;
