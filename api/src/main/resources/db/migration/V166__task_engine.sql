-- What the task engine said last, asked by one replica for all: one row for the engine itself.
CREATE TABLE task_engine (
  id               smallint PRIMARY KEY CHECK (id = 1),
  configured       boolean NOT NULL,
  answered_at      timestamptz,                -- what all figures are of
  tried_at         timestamptz,
  failures         integer NOT NULL DEFAULT 0, -- in a row
  problem          text,
  token_expires_at timestamptz,
  queued           bigint NOT NULL DEFAULT 0,
  running          bigint NOT NULL DEFAULT 0,
  completed        bigint NOT NULL DEFAULT 0,
  failed           bigint NOT NULL DEFAULT 0,
  held             text                        -- why no zombie is acted on now
) WITH (fillfactor = 50);
INSERT INTO task_engine (id, configured) VALUES (1, false);

CREATE TABLE task_engine_queue (
  action       text PRIMARY KEY,
  queued       integer NOT NULL,
  running      integer,
  oldest       timestamptz,
  queued_since timestamptz                     -- since when it was never seen empty
) WITH (fillfactor = 50);

CREATE TABLE task_engine_worker (
  worker_id  text PRIMARY KEY,
  sandbox_id uuid,                             -- null: none of ours
  status     text NOT NULL CHECK (status IN ('ACTIVE', 'INACTIVE', 'PAUSED')),
  slots      integer NOT NULL,
  free_slots integer NOT NULL,
  actions    text[] NOT NULL
) WITH (fillfactor = 70);

-- Workers that look like zombies, from the first look until they do no more: what is believed, and
-- what was done about it, must not depend on which replica looks.
CREATE TABLE worker_suspicion (
  sandbox_id   uuid PRIMARY KEY,
  boot_id      text NOT NULL,
  kind         text NOT NULL CHECK (kind IN ('no_stream', 'not_assigned', 'not_known')),
  stage        text NOT NULL CHECK (stage IN ('watched', 'found', 'stream_restarted', 'restart_asked')),
  since        timestamptz NOT NULL,
  seen_at      timestamptz NOT NULL,
  staged_at    timestamptz NOT NULL,
  rounds       integer NOT NULL,
  clear_rounds integer NOT NULL
);

GRANT SELECT, UPDATE ON task_engine TO valet_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON task_engine_queue, task_engine_worker, worker_suspicion TO valet_app;
