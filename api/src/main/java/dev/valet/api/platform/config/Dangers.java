package dev.valet.api.platform.config;

import java.util.List;

/** Settings of a feature under which the API must not start. Every bean of this type is asked. */
@FunctionalInterface
public interface Dangers {

  /** One line per danger, which names the setting and its remedy; empty if there is none. */
  List<String> find();
}
