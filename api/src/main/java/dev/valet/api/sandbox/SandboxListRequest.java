package dev.valet.api.sandbox;

import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.platform.query.ListKey;
import dev.valet.api.platform.query.Page;
import dev.valet.common.WireName;
import dev.valet.common.problem.FieldError;
import dev.valet.common.sandbox.SandboxSelector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A list request that was found right. Pure.
 *
 * @param limit rows of a page, 1 to 200
 */
record SandboxListRequest(
    SandboxFilter filter,
    SandboxSort sort,
    boolean descending,
    int limit,
    @Nullable String cursor) {
  private static final int LONGEST_TEXT = 100;
  private static final int MOST_TAGS = 10;

  /** What a cursor of this list is bound to. */
  ListKey key() {
    Map<String, @Nullable Object> filters = new LinkedHashMap<>();
    filters.put("environment", filter.environment());
    filters.put("phase", filter.phase());
    filters.put("ec2Status", filter.ec2Status());
    filters.put("health", filter.health());
    filters.put("hatchet", filter.hatchet());
    filters.put("templateId", filter.templateId());
    filters.put("templateVersion", filter.templateVersion());
    filters.put("drifted", filter.drifted());
    filters.put("tenantId", filter.tenantId());
    filters.put("tags", filter.tags().isEmpty() ? null : new TreeMap<>(filter.tags()));
    filters.put("q", filter.text());
    return ListKey.of("sandboxes", sort.wire(), descending, filters);
  }

  /**
   * Checks query parameters.
   *
   * @throws ProblemException validation, with one entry per wrong parameter
   */
  static SandboxListRequest of(SandboxListParameters sent) {
    List<FieldError> errors = new ArrayList<>();
    boolean descending = sent.sort.startsWith("-");
    SandboxSort sort = sort(descending ? sent.sort.substring(1) : sent.sort, errors);
    SandboxFilter filter =
        new SandboxFilter(
            sent.environment,
            sent.phase,
            sent.ec2Status,
            sent.health,
            sent.hatchet,
            sent.templateId,
            sent.templateVersion,
            sent.drifted,
            sent.tenantId,
            tags(sent.tag, errors),
            text(sent.q, errors));
    if (sent.limit < 1 || sent.limit > Page.MAX_LIMIT) {
      errors.add(new FieldError("limit", "must be 1 to " + Page.MAX_LIMIT));
    }
    if (!errors.isEmpty()) {
      throw ProblemException.fields(errors);
    }
    return new SandboxListRequest(filter, sort, descending, sent.limit, sent.cursor);
  }

  /**
   * Checks the filter of a request's body.
   *
   * @param field the body's field that holds it
   * @throws ProblemException validation, with one entry per wrong part
   */
  static SandboxFilter filter(SandboxSelector sent, String field) {
    List<FieldError> errors = new ArrayList<>();
    SandboxFilter filter =
        new SandboxFilter(
            sent.environment(),
            sent.phase(),
            sent.ec2Status(),
            sent.health(),
            sent.hatchet(),
            sent.templateId(),
            sent.templateVersion(),
            sent.drifted(),
            sent.tenantId(),
            tags(sent.tag(), errors),
            text(sent.q(), errors));
    if (!errors.isEmpty()) {
      throw ProblemException.fields(
          errors.stream()
              .map(one -> new FieldError(field + "." + one.field(), one.message(), one.allowed()))
              .toList());
    }
    return filter;
  }

  private static SandboxSort sort(String name, List<FieldError> errors) {
    try {
      return WireName.parse(SandboxSort.class, name);
    } catch (IllegalArgumentException e) {
      List<String> names = Arrays.stream(SandboxSort.values()).map(SandboxSort::wire).toList();
      errors.add(new FieldError("sort", "must be one of these, or one with a minus", names));
      return SandboxSort.CREATED_AT;
    }
  }

  private static Map<String, String> tags(@Nullable List<String> sent, List<FieldError> errors) {
    Map<String, String> tags = new LinkedHashMap<>();
    List<String> given = sent == null ? List.of() : sent;
    for (String tag : given) {
      int colon = tag.indexOf(':');
      if (colon < 1) {
        errors.add(new FieldError("tag", "must be key:value"));
      } else {
        tags.put(tag.substring(0, colon), tag.substring(colon + 1));
      }
    }
    if (given.size() > MOST_TAGS) {
      errors.add(new FieldError("tag", "must be given at most " + MOST_TAGS + " times"));
    }
    return tags;
  }

  private static @Nullable String text(@Nullable String sent, List<FieldError> errors) {
    if (sent != null && sent.length() > LONGEST_TEXT) {
      errors.add(new FieldError("q", "must be at most " + LONGEST_TEXT + " characters long"));
    }
    return sent == null || sent.isBlank() ? null : sent.strip();
  }
}
