-- Terminated sandboxes stay for good and would come to outnumber the living, so no list may have to
-- step over them. Their phase is in another table than what lists are sorted by; no index spans two.
-- So both tables carry a copy, kept here, in the transaction that ends the sandbox: `ended` is true
-- exactly when the phase is terminated, which is for ever. No program writes it, and it is no part
-- of what `version` counts.
ALTER TABLE sandbox ADD COLUMN ended boolean NOT NULL DEFAULT false;
ALTER TABLE sandbox_health ADD COLUMN ended boolean NOT NULL DEFAULT false;

CREATE FUNCTION sandbox_copy_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE sandbox SET ended = true WHERE id = NEW.sandbox_id;
  UPDATE sandbox_health SET ended = true WHERE sandbox_id = NEW.sandbox_id;
  RETURN NULL;
END $$;
CREATE TRIGGER sandbox_status_ended AFTER INSERT OR UPDATE OF phase ON sandbox_status
  FOR EACH ROW WHEN (NEW.phase = 'terminated') EXECUTE FUNCTION sandbox_copy_ended();

-- Every sandbox has a health row since its creation; older ones get theirs here, so that lists can
-- be read from this side too.
INSERT INTO sandbox_health (sandbox_id, tenant_id, environment, status, since, reason)
SELECT id, tenant_id, environment, 'unknown', created_at, 'It is not probed' FROM sandbox
ON CONFLICT (sandbox_id) DO NOTHING;

UPDATE sandbox SET ended = true
  FROM sandbox_status s WHERE s.sandbox_id = id AND s.phase = 'terminated';
UPDATE sandbox_health h SET ended = true
  FROM sandbox d WHERE d.id = h.sandbox_id AND d.ended;
