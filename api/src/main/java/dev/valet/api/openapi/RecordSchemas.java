package dev.valet.api.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;
import org.jspecify.annotations.Nullable;

/** Says of every schema what its class says: names, descriptions, what may be null or absent. */
final class RecordSchemas {
  private static final DotName NULLABLE = DotName.createSimple(Nullable.class);
  private static final DotName INCLUDE = DotName.createSimple(JsonInclude.class);

  private final OpenAPI document;
  private final Javadoc javadoc;
  private final Map<String, ClassInfo> classes;

  RecordSchemas(OpenAPI document, IndexView index, Javadoc javadoc) {
    this.document = document;
    this.javadoc = javadoc;
    this.classes = new RecordTypes(index, schemas(document)).classes();
  }

  void complete() {
    Set<String> sent = sent();
    classes.forEach((name, type) -> {
      Schema schema = Objects.requireNonNull(schemas(document).get(name));
      Javadoc.Words words = javadoc.of(type.name().toString());
      if (type.isRecord()) {
        describe(schema, type, words, sent.contains(name));
      } else {
        describe(schema, type, words);
      }
    });
    rename();
  }

  private static Map<String, Schema> schemas(OpenAPI document) {
    return document.getComponents().getSchemas();
  }

  private static void describe(Schema schema, ClassInfo type, Javadoc.Words words, boolean isSent) {
    schema.setDescription(words.summary());
    Set<String> required = new LinkedHashSet<>();
    Map<String, Schema> properties = new LinkedHashMap<>(schema.getProperties());
    boolean leavesOutNulls = leavesOut(type.declaredAnnotation(INCLUDE));
    for (RecordComponentInfo component : type.recordComponents()) {
      String name = component.name();
      Schema property = Objects.requireNonNull(properties.get(name));
      boolean nullable = component.type().hasAnnotation(NULLABLE);
      boolean maybeLeftOut = leavesOut(type.field(name).declaredAnnotation(INCLUDE));
      if (!maybeLeftOut && (!nullable || (!isSent && !leavesOutNulls))) {
        required.add(name);
      }
      Schema shown = nullable && !leavesOutNulls ? nullable(property) : property;
      shown.setDescription(words.component(name));
      example(property, words.example(name));
      properties.put(name, shown);
    }
    schema.setProperties(properties);
    schema.setRequired(List.copyOf(required));
  }

  /** The words on the constants, in the order of the constants. */
  private static void describe(Schema schema, ClassInfo type, Javadoc.Words words) {
    StringBuilder text = new StringBuilder(words.summary());
    List<String> constants = type.enumConstants().stream().map(FieldInfo::name).toList();
    for (int i = 0; i < constants.size(); i++) {
      String meaning = words.constants().getOrDefault(constants.get(i), "");
      text.append(i == 0 ? "\n\n" : "\n");
      text.append("- `").append(schema.getEnumeration().get(i)).append("`: ").append(meaning);
    }
    schema.setDescription(text.toString());
  }

  private static boolean leavesOut(@Nullable AnnotationInstance include) {
    return include != null
        && include.value() != null
        && include.value().asEnum().startsWith("NON_");
  }

  /** A reference cannot be null itself; it is one of two. */
  private static Schema nullable(Schema property) {
    if (property.getRef() != null) {
      return OASFactory.createSchema()
          .addAnyOf(OASFactory.createSchema().ref(property.getRef()))
          .addAnyOf(OASFactory.createSchema().addType(SchemaType.NULL));
    }
    if (property.getType() != null) {
      List<SchemaType> types = new ArrayList<>(property.getType());
      types.add(SchemaType.NULL);
      property.setType(types);
    }
    return property;
  }

  private static void example(Schema property, @Nullable String text) {
    if (text != null && property.getRef() == null) {
      boolean list = property.getItems() != null && !text.startsWith("[");
      Schema target = list ? property.getItems() : property;
      target.setExamples(List.of(Examples.parse(target, text)));
    }
  }

  /** Names of schemas that clients send. */
  private Set<String> sent() {
    Set<String> sent = new HashSet<>();
    Schemas.operations(document)
        .filter(operation -> operation.getRequestBody() != null)
        .flatMap(operation -> Schemas.of(operation.getRequestBody().getContent()).stream())
        .forEach(body -> reach(body, sent));
    return sent;
  }

  private void reach(Schema from, Set<String> reached) {
    Schemas.each(
        from,
        schema -> {
          String name = name(schema);
          if (name != null && reached.add(name)) {
            reach(Objects.requireNonNull(schemas(document).get(name)), reached);
          }
        });
  }

  /**
   * A nested class is named with its outer one, {@code SandboxHealth}, so that a second {@code
   * Health} does not rename the first.
   */
  private void rename() {
    Map<String, String> names = new TreeMap<>();
    classes.forEach(
        (name, type) -> names.put(name, type.enclosingClass() == null ? name : full(type)));
    classes.forEach((name, type) -> {
      if (!type.typeParameters().isEmpty()) {
        String item = name.substring(type.simpleName().length());
        names.put(name, type.simpleName() + names.getOrDefault(item, item));
      }
    });
    Schemas.each(
        document,
        schema -> {
          String name = name(schema);
          if (name != null) {
            schema.setRef(Schemas.PREFIX + names.getOrDefault(name, name));
          }
        });
    Map<String, Schema> renamed = new TreeMap<>();
    schemas(document)
        .forEach((name, schema) -> renamed.put(names.getOrDefault(name, name), schema));
    document.getComponents().setSchemas(renamed);
  }

  private static String full(ClassInfo type) {
    return type.enclosingClass().withoutPackagePrefix().replaceFirst("View$", "")
        + type.simpleName();
  }

  private static @Nullable String name(Schema schema) {
    return schema.getRef() == null ? null : schema.getRef().substring(Schemas.PREFIX.length());
  }
}
