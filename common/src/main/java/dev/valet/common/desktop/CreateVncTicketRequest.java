package dev.valet.common.desktop;

import dev.valet.common.agent.VncMode;
import jakarta.validation.constraints.NotNull;

/**
 * Asks to watch a desktop.
 *
 * @param mode to look on, or to use keyboard and pointer, too, such as {@code view}
 */
public record CreateVncTicketRequest(@NotNull VncMode mode) {}
