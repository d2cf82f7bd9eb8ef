-- Whose sandboxes. Every installation has the tenant "default"; more are made through the API.
CREATE TABLE tenant (
  id         uuid PRIMARY KEY DEFAULT uuidv7(),
  slug       text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  created_at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO tenant (slug) VALUES ('default');

-- Tenants are neither renamed nor removed, so the running API may not.
GRANT SELECT, INSERT ON tenant TO valet_app;
