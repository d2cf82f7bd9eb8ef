-- Long work on a sandbox. At most one is open per sandbox: a newer desired state ends the older.
CREATE TABLE operation (
  id          uuid PRIMARY KEY,
  kind        text NOT NULL,
  target      uuid NOT NULL,
  tenant_id   uuid NOT NULL,
  environment text NOT NULL,
  generation  bigint NOT NULL,
  status      text NOT NULL CHECK (status IN ('pending', 'running', 'succeeded', 'failed', 'cancelled')),
  steps       jsonb NOT NULL,
  reason      text,
  created_at  timestamptz NOT NULL,
  ended_at    timestamptz,
  CHECK ((ended_at IS NULL) = (status IN ('pending', 'running')))
);
CREATE UNIQUE INDEX operation_open ON operation (target) WHERE ended_at IS NULL;
CREATE INDEX operation_target ON operation (target, created_at DESC);

GRANT SELECT, INSERT, UPDATE ON operation TO valet_app;
