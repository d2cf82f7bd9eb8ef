-- Templates are changed by people now: an ETag, and an end to new sandboxes.
ALTER TABLE template
  ADD COLUMN retired_at timestamptz,
  ADD COLUMN version    bigint NOT NULL DEFAULT 1, -- moves with every change of the row
  ADD COLUMN updated_at timestamptz;
UPDATE template SET updated_at = created_at;
ALTER TABLE template ALTER COLUMN updated_at SET NOT NULL;
