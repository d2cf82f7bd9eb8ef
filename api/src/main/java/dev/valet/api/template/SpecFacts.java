package dev.valet.api.template;

import dev.valet.api.compute.ComputeCatalogue.Group;
import dev.valet.api.compute.ComputeCatalogue.Image;
import dev.valet.api.compute.ComputeCatalogue.Offer;
import dev.valet.api.compute.ComputeCatalogue.Subnet;
import dev.valet.api.compute.ComputeCatalogue.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What EC2 said of the things that a spec names. */
record SpecFacts(
    Answer<Image> images,
    Answer<Type> types,
    Answer<Offer> offers,
    Answer<Subnet> subnets,
    Answer<Group> groups) {

  /**
   * One answer of EC2.
   *
   * @param unknown why nothing is known; null if the items are EC2's answer
   */
  record Answer<T>(List<T> items, @Nullable String unknown) {
    static <T> Answer<T> of(List<T> items) {
      return new Answer<>(items, null);
    }

    static <T> Answer<T> unknown(String why) {
      return new Answer<>(List.of(), why);
    }
  }
}
