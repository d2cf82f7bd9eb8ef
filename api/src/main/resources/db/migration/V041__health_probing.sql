-- Who probes what. A shard is the last byte of a sandbox's id; a result counts only while its
-- shard's owner and token are those of the prober.
CREATE TABLE probe_shard (
  shard smallint PRIMARY KEY CHECK (shard BETWEEN 0 AND 255),
  owner uuid,
  token bigint NOT NULL DEFAULT 0,
  until timestamptz NOT NULL DEFAULT '-infinity'
) WITH (fillfactor = 50);
INSERT INTO probe_shard (shard) SELECT generate_series(0, 255);

CREATE TABLE probe_replica (
  id      uuid PRIMARY KEY,
  seen_at timestamptz NOT NULL
) WITH (fillfactor = 50);

-- Freezing: one row. idle -> frozen -> ended (verdicts proceed) -> idle (the fleet is well again).
-- Automatic repair stays braked until an operator releases it, whatever the state is.
CREATE TABLE fleet_freeze (
  id             smallint PRIMARY KEY CHECK (id = 1),
  state          text NOT NULL CHECK (state IN ('idle', 'frozen', 'ended')),
  frozen_since   timestamptz,
  frozen_until   timestamptz,
  reason         text,
  failing        integer,
  healthy_before integer,
  repair_braked  boolean NOT NULL,
  released_at    timestamptz,
  released_by    text,
  version        bigint NOT NULL,
  CHECK (state = 'idle' OR (frozen_since IS NOT NULL AND frozen_until IS NOT NULL))
);
INSERT INTO fleet_freeze (id, state, repair_braked, version) VALUES (1, 'idle', false, 0);

GRANT SELECT, UPDATE ON probe_shard, fleet_freeze TO valet_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON probe_replica TO valet_app;
