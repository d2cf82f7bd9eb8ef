package dev.valet.agent.task.capture;

/**
 * How a screenshot is taken so that it fits the agent's small memory, whatever the page shows: a
 * picture of noise needs three bytes a pixel as PNG and less than one as JPEG. Pure.
 *
 * @param format png, or jpeg for a large one
 * @param width of the picture
 * @param height of the picture
 * @param truncated whether the page goes on below
 * @param beyond whether it shows more than the viewport
 */
record ShotPlan(Format format, int width, int height, boolean truncated, boolean beyond) {
  private static final long MOST_PNG_PIXELS = 2_500_000;
  private static final long MOST_PIXELS = 8_000_000;
  private static final int LARGEST_WIDTH = 4_096;

  /** Of the picture. */
  enum Format {
    PNG("png"),
    JPEG("jpeg");

    private final String word;

    Format(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** For what the viewport shows. */
  static ShotPlan ofViewport(int width, int height) {
    return of(width, height, false);
  }

  /** For a page of that size, seen through a viewport. */
  static ShotPlan ofPage(long width, long height, int viewportWidth, int viewportHeight) {
    return width <= viewportWidth && height <= viewportHeight
        ? ofViewport(viewportWidth, viewportHeight)
        : of(width, height, true);
  }

  private static ShotPlan of(long wantedWidth, long wantedHeight, boolean beyond) {
    int width = (int) Math.clamp(wantedWidth, 1, LARGEST_WIDTH);
    int height = (int) Math.clamp(wantedHeight, 1, MOST_PIXELS / width);
    boolean small = (long) width * height <= MOST_PNG_PIXELS;
    return new ShotPlan(
        small ? Format.PNG : Format.JPEG,
        width,
        height,
        width < wantedWidth || height < wantedHeight,
        beyond);
  }
}
