package dev.valet.api.platform.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.valet.api.platform.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorsTest {
  private static final ListKey LIST = list(Map.of("q", "a", "phase", "running"));
  private static final Position POSITION = new Position("näme", UUID.randomUUID());

  private final Cursors cursors = new Cursors(label -> key("installation " + label));

  @Test
  void cursorLeadsBackToItsPosition() {
    assertThat(cursors.read(LIST, cursors.write(LIST, POSITION))).isEqualTo(POSITION);
    Position byId = new Position("", POSITION.id());
    assertThat(cursors.read(LIST, cursors.write(LIST, byId))).isEqualTo(byId);
  }

  @Test
  void noCursorIsTheFirstPage() {
    assertThat(cursors.read(LIST, null)).isNull();
  }

  @Test
  void otherListSortDirectionOrFiltersAreRefused() {
    String cursor = cursors.write(LIST, POSITION);
    for (ListKey other :
        List.of(
            list(Map.of("q", "a")),
            list(Map.of("q", "a", "phase", "stopped")),
            list(Map.of("q", "aphase", "phase", "running")),
            new ListKey("other", "name", false, LIST.filters()),
            new ListKey("sandboxes", "phase", false, LIST.filters()),
            new ListKey("sandboxes", "name", true, LIST.filters()))) {
      refused(other, cursor);
    }
  }

  @Test
  void everyAlteredByteIsNoticed() {
    byte[] good = Base64.getUrlDecoder().decode(cursors.write(LIST, POSITION));
    for (int i = 0; i < good.length; i++) {
      byte[] altered = good.clone();
      altered[i] ^= 1;
      refused(LIST, Base64.getUrlEncoder().withoutPadding().encodeToString(altered));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "!!!", "AAAA", "ÄÖÜ", " "})
  void nonsenseIsRefused(String cursor) {
    refused(LIST, cursor);
  }

  @Test
  void cursorOfAnotherInstallationIsRefused() {
    Cursors other = new Cursors(label -> key("other installation " + label));
    refused(LIST, other.write(LIST, POSITION));
  }

  @Test
  void orderOfFiltersAndTheirValuesDoesNotMatter() {
    ListKey one = list(Map.of("tag", List.of("b", "a")));
    ListKey two = list(Map.of("tag", List.of("a", "b")));
    assertThat(cursors.read(one, cursors.write(two, POSITION))).isEqualTo(POSITION);
  }

  private void refused(ListKey list, String cursor) {
    assertThatThrownBy(() -> cursors.read(list, cursor))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type().slug()).isEqualTo("bad-cursor"));
  }

  private static ListKey list(Map<String, Object> filters) {
    return ListKey.of("sandboxes", "name", false, filters);
  }

  private static byte[] key(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
