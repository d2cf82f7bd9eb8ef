package dev.valet.agent.task.capture;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What to capture.
 *
 * @param url http or https
 * @param engine to use; null for the first that is declared
 * @param waitFor when the page is ready
 * @param timeout until then
 * @param width of the viewport, in CSS pixels
 * @param height of the viewport, in CSS pixels
 * @param fullPage the whole page instead of what the viewport shows
 */
record CaptureRequest(
    String url,
    @Nullable String engine,
    WaitFor waitFor,
    Duration timeout,
    int width,
    int height,
    boolean fullPage) {}
