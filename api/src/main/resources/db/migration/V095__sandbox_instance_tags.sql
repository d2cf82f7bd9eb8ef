-- Tags that a person sees on the instance, as EC2 last accepted them, and why the newest wish for
-- them is not fulfilled. Of instances that were launched before, nothing is known: {} sets all.
ALTER TABLE sandbox_status
  ADD COLUMN applied_tags     jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN tag_problem      text,
  -- sandbox.version that the reconciler has seen: settings wake it like wishes do.
  ADD COLUMN observed_version bigint NOT NULL DEFAULT 0;
