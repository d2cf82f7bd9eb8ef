package dev.valet.agent.hatchet;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What may be told of the way to the task engine.
 *
 * @param host of the gRPC server
 * @param port of the gRPC server
 * @param tls whether the connection is encrypted
 * @param tokenExpiresAt null if the token names no end
 */
public record EngineAddress(String host, int port, boolean tls, @Nullable Instant tokenExpiresAt) {}
