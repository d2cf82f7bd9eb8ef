package dev.valet.api.audit;

/**
 * The last seal.
 *
 * @param seq its place; 0 before the first
 * @param hash its hash
 */
record SealHead(long seq, byte[] hash) {}
