-- An open attempt that no replay can close is closed by two complete listings without its instance,
-- at least five minutes after it was last sent.
ALTER TABLE launch_attempt
  ADD COLUMN last_sent_at timestamptz,
  -- When a complete listing lacked the instance first; a later send starts over.
  ADD COLUMN absent_at    timestamptz;
UPDATE launch_attempt SET last_sent_at = now() WHERE sent_at IS NOT NULL AND closed_at IS NULL;
