package dev.valet.api.compute;

import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What must happen to the tags of a resource. Equal changes of many resources go out together.
 *
 * @param set tags to add or to give another value
 * @param remove keys of tags to take off, whatever their values
 */
public record TagChange(Map<String, String> set, Set<String> remove) {

  /** Copies what it is given. */
  public TagChange {
    set = Map.copyOf(set);
    remove = Set.copyOf(remove);
  }

  /** From tags as they are to tags as they should be; Valet's own are never taken off. */
  public static TagChange between(Map<String, String> applied, Map<String, String> wanted) {
    SequencedMap<String, String> set = new TreeMap<>(wanted);
    set.entrySet().removeAll(applied.entrySet());
    Set<String> remove = new TreeSet<>(applied.keySet());
    remove.removeAll(wanted.keySet());
    remove.removeIf(Tags::isReserved);
    return new TagChange(set, remove);
  }

  /** Whether there is nothing to do. */
  public boolean isEmpty() {
    return set.isEmpty() && remove.isEmpty();
  }
}
