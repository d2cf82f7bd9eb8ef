package dev.valet.api.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.jboss.jandex.IndexView;

/**
 * Completes the document that the framework has scanned, once, when the program is built. Nothing
 * of it depends on where or when that is.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ContractFilter implements OASFilter {
  private final IndexView index;

  /** Called by the build with the index of all classes. */
  public ContractFilter(IndexView index) {
    this.index = index;
  }

  @Override
  public void filterOpenAPI(OpenAPI document) {
    document.setInfo(ApiContract.info());
    Javadoc javadoc = new Javadoc();
    WellKnownTypes.inline(document);
    new RecordSchemas(document, index, javadoc).complete();
    ProblemAnswers problems = new ProblemAnswers(javadoc);
    problems.declareIn(document.getComponents());
    Parameters parameters = new Parameters(document.getComponents());
    Answers answers = new Answers(new Examples(document.getComponents()));
    Map<String, Route> routes = Route.all(index);
    document
        .getPaths()
        .getPathItems()
        .forEach((path, item) -> {
          ordered(item)
              .forEach((verb, operation) -> {
                Route route = Objects.requireNonNull(routes.get(Route.key(verb, path)), path);
                OperationIds.complete(operation, route);
                Access.complete(operation, route);
                parameters.complete(operation, route);
                answers.complete(operation, route, hasIfMatch(item));
                problems.complete(operation, route);
              });
        });
  }

  /** The operations of a path, from now on always in the same order. */
  private static Map<HttpMethod, Operation> ordered(PathItem item) {
    Map<HttpMethod, Operation> operations = new TreeMap<>(item.getOperations());
    PathItem empty = OASFactory.createPathItem();
    for (HttpMethod verb : operations.keySet()) {
      item.setOperation(verb, empty.getGET());
    }
    operations.forEach(item::setOperation);
    return operations;
  }

  private static boolean hasIfMatch(PathItem item) {
    return item.getOperations().values().stream()
        .anyMatch(operation -> Parameters.has(operation, "If-Match"));
  }
}
