-- What sandboxes are made from. A version never changes once it is written: valet_app may insert
-- versions and read them, nothing else.
CREATE TABLE template (
  id             uuid PRIMARY KEY,
  name           text NOT NULL,
  description    text,
  latest_version integer NOT NULL,
  created_at     timestamptz NOT NULL
);
CREATE UNIQUE INDEX template_name ON template (lower(name));

CREATE TABLE template_version (
  template_id uuid NOT NULL REFERENCES template (id),
  version     integer NOT NULL CHECK (version >= 1),
  spec        jsonb NOT NULL,
  created_at  timestamptz NOT NULL,
  PRIMARY KEY (template_id, version)
);

GRANT SELECT, INSERT, UPDATE ON template TO valet_app;
GRANT SELECT, INSERT ON template_version TO valet_app;
