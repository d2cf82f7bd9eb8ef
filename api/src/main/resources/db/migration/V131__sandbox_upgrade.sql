-- What an instance was made from, so that it can be compared with what is wanted. Written when the
-- launch is recorded, and when what differs has been applied to the running instance.
ALTER TABLE sandbox_status
  ADD COLUMN applied_template_version integer,
  ADD COLUMN applied_parameters_hash  text,
  ADD CHECK ((applied_template_version IS NULL) = (applied_parameters_hash IS NULL));

-- The stored request of an attempt is sealed; this says in the open what it was made from.
ALTER TABLE launch_attempt
  ADD COLUMN template_version integer,
  ADD COLUMN parameters_hash  text;

-- The same values have the same text in jsonb, whatever the order in which they were sent.
CREATE FUNCTION parameters_hash(parameters jsonb) RETURNS text LANGUAGE sql STABLE
RETURN encode(sha256(convert_to(parameters::text, 'UTF8')), 'hex');

-- Until now a sandbox could not change its version.
UPDATE sandbox_status s
SET applied_template_version = d.template_version, applied_parameters_hash = parameters_hash(d.parameters)
FROM sandbox d WHERE d.id = s.sandbox_id AND s.instance_id IS NOT NULL;
UPDATE launch_attempt a
SET template_version = d.template_version, parameters_hash = parameters_hash(d.parameters)
FROM sandbox d WHERE d.id = a.sandbox_id AND a.closed_at IS NULL;

CREATE INDEX sandbox_template_version ON sandbox (template_id, template_version, created_at, id);
