package dev.valet.e2e.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The least that an answer from the database can cost on this stack: Vert.x and its PostgreSQL
 * client alone run the API's own statement and write the API's own bytes, read before. No token is
 * checked, no row is looked at.
 *
 * <p>A program of its own, so that it and the API are measured alike. Its argument is a folder, in
 * which {@code floor.json} says where to listen, the database and the statements.
 */
public final class Floor extends AbstractVerticle {
  private static final int OK = 200;
  private static final int FAILED = 500;

  /** As many as Quarkus has. */
  private static final int EVENT_LOOPS = 2 * Runtime.getRuntime().availableProcessors();

  private final int port;
  private final Pool pool;
  private final List<Prepared> answers;

  private record Prepared(String sql, Tuple parameters, Buffer body) {}

  private Floor(int port, Pool pool, List<Prepared> answers) {
    this.port = port;
    this.pool = pool;
    this.answers = answers;
  }

  public static void main(String[] arguments) {
    Vertx vertx = Vertx.vertx();
    JsonObject config =
        vertx.fileSystem().readFileBlocking(arguments[0] + "/floor.json").toJsonObject();
    Pool pool = pool(vertx, config.getJsonObject("database"));
    List<Prepared> answers = new ArrayList<>();
    config.getJsonArray("listings").forEach(one -> answers.add(prepared((JsonObject) one)));
    vertx
        .deployVerticle(
            () -> new Floor(config.getInteger("port"), pool, answers),
            new DeploymentOptions().setInstances(EVENT_LOOPS))
        .onFailure(failure -> {
          System.err.println(failure);
          System.exit(1);
        });
  }

  private static Pool pool(Vertx vertx, JsonObject database) {
    return PgBuilder.pool()
        .with(new PoolOptions().setMaxSize(database.getInteger("connections")))
        .connectingTo(
            PgConnectOptions.fromUri(database.getString("url"))
                .setUser(database.getString("user"))
                .setPassword(database.getString("password")))
        .using(vertx)
        .build();
  }

  private static Prepared prepared(JsonObject listing) {
    Tuple parameters = Tuple.tuple();
    listing
        .getJsonArray("parameters", new JsonArray())
        .forEach(value -> parameters.addValue(typed(value)));
    return new Prepared(
        listing.getString("sql"), parameters, Buffer.buffer(listing.getString("body")));
  }

  private static Object typed(Object value) {
    if (!(value instanceof JsonObject object)) {
      return value;
    }
    return object.containsKey("uuid")
        ? UUID.fromString(object.getString("uuid"))
        : object.getJsonObject("json");
  }

  @Override
  public void start(Promise<Void> started) {
    vertx
        .createHttpServer()
        .requestHandler(this::answer)
        .listen(port, "127.0.0.1")
        .<Void>mapEmpty()
        .onComplete(started);
  }

  private void answer(HttpServerRequest request) {
    Prepared prepared = answers.get(Integer.parseInt(request.path().substring(1)));
    pool.preparedQuery(prepared.sql())
        .execute(prepared.parameters())
        .onSuccess(rows -> write(request, rows, prepared.body()))
        .onFailure(failure -> fail(request, String.valueOf(failure)));
  }

  private static void write(HttpServerRequest request, RowSet<Row> rows, Buffer body) {
    request
        .response()
        .setStatusCode(OK)
        .putHeader("Content-Type", "application/json")
        .putHeader("X-Rows", Integer.toString(rows.size()))
        .end(body);
  }

  private static void fail(HttpServerRequest request, String why) {
    request.response().setStatusCode(FAILED).end(why);
  }
}
