package dev.valet.api.openapi;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.ParameterizedType;
import org.jboss.jandex.RecordComponentInfo;
import org.jboss.jandex.Type;
import org.jboss.jandex.TypeVariable;
import org.jspecify.annotations.Nullable;

/**
 * Which class each schema was made of. The scanner does not tell; it is found from the outermost
 * records, whose schemas bear their simple names, along the types of their components.
 */
final class RecordTypes {
  private static final String OURS = "dev.valet.";

  private final IndexView index;
  private final Map<String, Schema> schemas;
  private final Map<String, ClassInfo> classes = new TreeMap<>();

  RecordTypes(IndexView index, Map<String, Schema> schemas) {
    this.index = index;
    this.schemas = schemas;
    index.getKnownClasses().stream()
        .filter(this::isRoot)
        .forEach(root -> found(root.simpleName(), root, Map.of()));
    Route.all(index).values().forEach(route -> answered(route.method().returnType()));
  }

  /** The class of every schema that was made of one of ours. */
  Map<String, ClassInfo> classes() {
    return classes;
  }

  /** Two of the program's classes may bear the same name; the schema has the fields of one. */
  private boolean isRoot(ClassInfo candidate) {
    Schema schema = schemas.get(candidate.simpleName());
    return schema != null
        && candidate.name().toString().startsWith(OURS)
        && candidate.nestingType() == ClassInfo.NestingType.TOP_LEVEL
        && (candidate.isEnum() ? schema.getEnumeration() != null : hasFields(candidate, schema));
  }

  private static boolean hasFields(ClassInfo candidate, Schema schema) {
    return candidate.isRecord()
        && schema.getProperties() != null
        && names(candidate).equals(schema.getProperties().keySet());
  }

  private static Set<String> names(ClassInfo type) {
    return type.recordComponents().stream()
        .map(RecordComponentInfo::name)
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** The scanner names the schema of {@code Page<Change>} {@code PageChange}. */
  private void answered(Type type) {
    if (type instanceof ParameterizedType generic) {
      ClassInfo own = index.getClassByName(generic.name());
      List<Type> arguments = generic.arguments();
      if (own != null && own.isRecord()) {
        found(own.simpleName() + simpleName(arguments.getFirst()), own, bound(own, arguments));
      }
      arguments.forEach(this::answered);
    }
  }

  private void found(String name, ClassInfo type, Map<String, Type> variables) {
    Schema schema = schemas.get(name);
    if (schema == null || classes.putIfAbsent(name, type) != null || !type.isRecord()) {
      return;
    }
    for (RecordComponentInfo component : type.recordComponents()) {
      Schema property = schema.getProperties().get(component.name());
      if (property != null) {
        component(property, component.type(), variables);
      }
    }
  }

  private void component(Schema schema, Type declared, Map<String, Type> variables) {
    Type type = declared instanceof TypeVariable open ? variables.get(open.identifier()) : declared;
    if (type == null) {
      return;
    }
    List<Type> arguments =
        type instanceof ParameterizedType generic ? generic.arguments() : List.of();
    if (schema.getItems() != null && !arguments.isEmpty()) {
      component(schema.getItems(), arguments.getFirst(), variables);
    } else if (schema.getAdditionalPropertiesSchema() != null && arguments.size() == 2) {
      component(schema.getAdditionalPropertiesSchema(), arguments.getLast(), variables);
    } else if (schema.getRef() != null) {
      referred(schema.getRef().substring(Schemas.PREFIX.length()), type, arguments);
    }
  }

  private void referred(String name, Type type, List<Type> arguments) {
    ClassInfo own = index.getClassByName(type.name());
    if (own != null && own.name().toString().startsWith(OURS)) {
      found(name, own, bound(own, arguments));
    }
  }

  private static Map<String, Type> bound(ClassInfo type, List<Type> arguments) {
    Map<String, Type> bound = new HashMap<>();
    for (int i = 0; i < Math.min(arguments.size(), type.typeParameters().size()); i++) {
      bound.put(type.typeParameters().get(i).identifier(), arguments.get(i));
    }
    return bound;
  }

  private @Nullable String simpleName(Type type) {
    ClassInfo own = index.getClassByName(type.name());
    return own == null ? null : own.simpleName();
  }
}
