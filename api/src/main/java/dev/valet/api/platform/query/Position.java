package dev.valet.api.platform.query;

import java.util.UUID;

/**
 * The place in a sorted list after which a page starts: the last item of the page before.
 *
 * @param value its sort value as text; empty if the list is sorted by id alone
 * @param id its id, which decides between equal sort values
 */
public record Position(String value, UUID id) {}
