-- Events in the order of their commits, without gaps; written by the relay alone, which holds the
-- row of event_head meanwhile.
CREATE TABLE event (
  seq         bigint PRIMARY KEY,
  at          timestamptz NOT NULL,
  type        text NOT NULL,
  tenant_id   uuid,
  environment text,
  sandbox_id  uuid,
  data        jsonb NOT NULL
);
CREATE INDEX event_sandbox ON event (sandbox_id, seq DESC) WHERE sandbox_id IS NOT NULL;

-- Which database this is: another after a restore or fail-over, where numbers may come twice.
CREATE FUNCTION event_incarnation() RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN (SELECT s.system_identifier || '/' || c.timeline_id || '/' || d.oid
    FROM pg_control_system() s, pg_control_checkpoint() c, pg_database d
    WHERE d.datname = current_database());
EXCEPTION WHEN insufficient_privilege OR undefined_function OR feature_not_supported THEN
  RETURN (SELECT 'oid/' || oid FROM pg_database WHERE datname = current_database());
END $$;

CREATE TABLE event_head (
  id          smallint PRIMARY KEY CHECK (id = 1),
  stream      uuid NOT NULL,
  seq         bigint NOT NULL,
  incarnation text NOT NULL
) WITH (fillfactor = 50);
INSERT INTO event_head (id, stream, seq, incarnation)
  VALUES (1, gen_random_uuid(), 0, event_incarnation());

GRANT SELECT, INSERT, DELETE ON event TO valet_app;
GRANT SELECT, UPDATE ON event_head TO valet_app;
