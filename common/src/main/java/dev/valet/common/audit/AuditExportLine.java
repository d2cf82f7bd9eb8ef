package dev.valet.common.audit;

import java.util.UUID;

/**
 * A line of an export: a record and its seal. {@code canonical} is the record as JSON text; with
 * {@code prev} and {@code seq} its UTF-8 bytes give {@code hash} (see {@link AuditChain}).
 *
 * @param seq the seal's place
 * @param auditId the record's id
 * @param prev hash of the seal before, hexadecimal
 * @param hash the seal's hash, hexadecimal
 * @param canonical the record, RFC 8785 JSON as text
 */
public record AuditExportLine(long seq, UUID auditId, String prev, String hash, String canonical) {}
