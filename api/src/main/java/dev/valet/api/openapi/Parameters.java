package dev.valet.api.openapi;

import dev.valet.api.platform.query.Page;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Completes parameters: those that many routes share are described here, once. */
final class Parameters {
  /** The longest value that any parameter may have. */
  private static final int LONGEST = 1_024;

  private final Examples examples;

  Parameters(Components components) {
    this.examples = new Examples(components);
  }

  /** Whether an operation has a parameter of that name. */
  static boolean has(Operation operation, String name) {
    return of(operation).stream().anyMatch(parameter -> parameter.getName().equals(name));
  }

  /** The parameters of an operation; may be empty. */
  static List<Parameter> of(Operation operation) {
    return Objects.requireNonNullElse(operation.getParameters(), List.of());
  }

  void complete(Operation operation, Route route) {
    List<Parameter> parameters = new ArrayList<>(of(operation));
    // The security scheme says it; the standard has parameters of this name ignored.
    parameters.removeIf(parameter -> parameter.getName().equals("Authorization"));
    parameters.forEach(parameter -> complete(parameter, route));
    operation.setParameters(parameters.isEmpty() ? null : parameters);
  }

  private void complete(Parameter parameter, Route route) {
    Schema schema = parameter.getSchema();
    switch (parameter.getName()) {
      case "limit" -> limit(parameter, schema);
      case "cursor" -> cursor(parameter, schema);
      case "If-Match" -> ifMatch(parameter, schema);
      case "Idempotency-Key" -> idempotencyKey(parameter, schema);
      default -> anyOther(parameter, schema, route);
    }
    bound(schema);
    if (parameter.getExample() == null) {
      parameter.setExample(example(schema));
    }
  }

  private static void limit(Parameter parameter, Schema schema) {
    describe(parameter, "Most items of the page");
    schema.setMinimum(BigDecimal.ONE);
    if (schema.getMaximum() == null) {
      schema.setMaximum(BigDecimal.valueOf(Page.MAX_LIMIT));
    }
    parameter.setExample(Page.DEFAULT_LIMIT);
  }

  private static void cursor(Parameter parameter, Schema schema) {
    describe(
        parameter,
        "`nextCursor` of the page before, with the same sort and filters; the first page needs none");
    schema.setPattern("[A-Za-z0-9_-]+");
    parameter.setExample("q83vEjRWeJAjRWeJq83vEgGX8KBeO3w-ijArH28cLT4");
  }

  private static void ifMatch(Parameter parameter, Schema schema) {
    describe(parameter, "The ETag of the version that the change is based on");
    parameter.setRequired(true);
    schema.setPattern("\"[0-9]{1,18}\"");
    parameter.setExample("\"3\"");
  }

  private static void idempotencyKey(Parameter parameter, Schema schema) {
    describe(
        parameter,
        "Makes the request safe to repeat for 24 hours: the same key and body get the first answer"
            + " again. 1 to 255 visible ASCII characters");
    schema.setPattern("[\\x21-\\x7E]{1,255}");
    schema.setMaxLength(255);
    parameter.setExample("0197f0a0-create-checkout-1");
  }

  private void anyOther(Parameter parameter, Schema schema, Route route) {
    if (parameter.getDescription() != null) {
      return;
    }
    if (parameter.getIn() == Parameter.In.PATH) {
      List<String> parts = route.parts();
      int at = parts.indexOf("{" + parameter.getName() + "}");
      parameter.setDescription(
          "Which " + OperationIds.singular(parts.get(at - 1)).replace('-', ' '));
    } else if (parameter.getName().endsWith("Id")) {
      parameter.setDescription("Only those of this " + parameter.getName().replaceFirst("Id$", ""));
    } else if (schema.getRef() != null) {
      parameter.setDescription("Only those of this " + parameter.getName());
    }
  }

  /** What the filter of parameters enforces for every text. */
  private static void bound(Schema schema) {
    Schema single = schema.getItems() == null ? schema : schema.getItems();
    boolean text = single.getType() != null && single.getType().contains(SchemaType.STRING);
    if (text && single.getFormat() == null && single.getEnumeration() == null) {
      single.setMinLength(Objects.requireNonNullElse(single.getMinLength(), 1));
      single.setMaxLength(Objects.requireNonNullElse(single.getMaxLength(), LONGEST));
    }
  }

  private Object example(Schema schema) {
    return schema.getDefaultValue() == null ? examples.of(schema) : schema.getDefaultValue();
  }

  private static void describe(Parameter parameter, String text) {
    if (parameter.getDescription() == null) {
      parameter.setDescription(text);
    }
  }
}
