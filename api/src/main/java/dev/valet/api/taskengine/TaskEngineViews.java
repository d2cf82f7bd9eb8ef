package dev.valet.api.taskengine;

import dev.valet.common.taskengine.TaskEngineView;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Shows the task engine as it was seen last; asks nobody but the database. */
@ApplicationScoped
class TaskEngineViews {
  private final TaskEngineStore store;
  private final EngineFigureStore figures;
  private final ZombieStore zombies;

  TaskEngineViews(TaskEngineStore store, EngineFigureStore figures, ZombieStore zombies) {
    this.store = store;
    this.figures = figures;
    this.zombies = zombies;
  }

  Uni<TaskEngineView> show() {
    return store
        .shown()
        .chain(shown ->
            Uni.combine()
                .all()
                .unis(figures.queues(), figures.workers(), zombies.count(shown.held()))
                .with((queues, workers, found) ->
                    new TaskEngineView(
                        shown.configured(),
                        shown.configured() && shown.problem() == null && shown.answeredAt() != null,
                        shown.problem(),
                        shown.answeredAt(),
                        shown.triedAt(),
                        shown.tokenExpiresAt(),
                        shown.totals().queued(),
                        shown.totals().running(),
                        shown.totals().completed(),
                        shown.totals().failed(),
                        workers,
                        queues,
                        found)));
  }
}
