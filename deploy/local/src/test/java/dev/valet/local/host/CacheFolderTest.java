package dev.valet.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheFolderTest {
  @Test
  void theCacheIsTheUsers() {
    assertThat(CacheFolder.folder(Map.of("XDG_CACHE_HOME", "/c"), "/home/u"))
        .isEqualTo(Path.of("/c/valet"));
    assertThat(CacheFolder.folder(Map.of("XDG_CACHE_HOME", "relative"), "/home/u"))
        .isEqualTo(Path.of("/home/u/.cache/valet"));
    assertThat(CacheFolder.folder(Map.of(), "?")).isAbsolute();
  }
}
