-- The state of an agent's connection to the task engine, for lists. It has a column and an index of
-- its own although probes write it: an update that leaves an indexed value as it was stays heap-only,
-- and this one changes as seldom as a verdict. All else of the connection is in facts.
--
-- A finding is what others than the agent itself say is wrong with its work for the engine. It counts
-- like a declared part that does not work, and it may ask for a restart.
ALTER TABLE sandbox_health
  ADD COLUMN hatchet_state text CHECK (hatchet_state IN
    ('not_configured', 'connecting', 'connected', 'degraded', 'unauthorized', 'draining')),
  ADD COLUMN finding         text,
  ADD COLUMN finding_restart boolean NOT NULL DEFAULT false;

UPDATE sandbox_health SET hatchet_state = facts #>> '{hatchet,state}'
WHERE probed AND facts #>> '{hatchet,state}' IN
  ('not_configured', 'connecting', 'connected', 'degraded', 'unauthorized', 'draining');

CREATE INDEX sandbox_health_hatchet ON sandbox_health (hatchet_state, sandbox_id)
  WHERE hatchet_state IS NOT NULL;
