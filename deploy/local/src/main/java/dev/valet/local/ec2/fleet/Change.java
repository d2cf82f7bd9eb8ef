package dev.valet.local.ec2.fleet;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** One thing that the journal remembers. What is in one line of it happened together. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "change")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Change.Launched.class, name = "launched"),
  @JsonSubTypes.Type(value = Change.Moved.class, name = "moved"),
  @JsonSubTypes.Type(value = Change.Tagged.class, name = "tagged"),
  @JsonSubTypes.Type(value = Change.Untagged.class, name = "untagged"),
  @JsonSubTypes.Type(value = Change.Forgotten.class, name = "forgotten"),
  @JsonSubTypes.Type(value = Change.TokenUsed.class, name = "token")
})
sealed interface Change {

  /** An instance is there, complete; in a compacted journal at any point of its life. */
  record Launched(Instance instance) implements Change {}

  /** An instance came into another state. */
  record Moved(String instanceId, Status status) implements Change {}

  /** Tags were set on an instance or on one of its volumes. */
  record Tagged(String instanceId, String resourceId, Map<String, String> tags) implements Change {}

  /** Tags were taken off an instance or one of its volumes. */
  record Untagged(String instanceId, String resourceId, Set<String> keys) implements Change {}

  /** A terminated instance vanished, as it does after an hour. */
  record Forgotten(String instanceId, Instant at) implements Change {}

  /** A client token was used up. */
  record TokenUsed(TokenUse use) implements Change {}
}
