package dev.valet.local.postgres;

/**
 * One database of a {@link PostgresServer}. Both of the server's roles reach it with their
 * passwords.
 *
 * @param name its name
 * @param jdbcUrl for JDBC, without user and password
 * @param reactiveUrl for the reactive client, without user and password
 */
public record PostgresDatabase(String name, String jdbcUrl, String reactiveUrl) {}
