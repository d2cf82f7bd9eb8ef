-- What people and services may do. A role is a set of permissions; a grant gives one to a subject of
-- an issuer, everywhere or in a tenant, an environment or both.
CREATE TABLE role (
  id          uuid PRIMARY KEY,
  name        text NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  description text NOT NULL,
  -- Null for the built-in ones, whose permissions are in the program.
  permissions text[],
  version     bigint NOT NULL DEFAULT 1,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now()
);

INSERT INTO role (id, name, description) VALUES
  ('00000000-0000-7000-8000-000000000001', 'viewer', 'Sees the fleet'),
  ('00000000-0000-7000-8000-000000000002', 'auditor', 'Sees the fleet and what was done to it'),
  ('00000000-0000-7000-8000-000000000003', 'operator', 'Runs the fleet'),
  ('00000000-0000-7000-8000-000000000004', 'admin', 'Everything');

CREATE TABLE access_grant (
  id          uuid PRIMARY KEY,
  issuer      text NOT NULL,
  subject     text NOT NULL,
  role_id     uuid NOT NULL REFERENCES role,
  tenant_id   uuid REFERENCES tenant,
  environment text CHECK (environment IN ('dev', 'staging', 'prod')),
  label       text,
  expires_at  timestamptz,
  created_at  timestamptz NOT NULL,
  UNIQUE NULLS NOT DISTINCT (issuer, subject, role_id, tenant_id, environment)
);

CREATE INDEX access_grant_role_id ON access_grant (role_id);
CREATE INDEX access_grant_tenant_id ON access_grant (tenant_id, id);

-- One row. It moves with every change of the two tables above, whoever makes it, and in the same
-- transaction; replicas and open sockets watch it. Holding it puts changes one after another.
CREATE TABLE access_version (
  one     boolean PRIMARY KEY DEFAULT true CHECK (one),
  version bigint NOT NULL
);

INSERT INTO access_version (version) VALUES (1);

CREATE FUNCTION access_version_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE access_version SET version = version + 1;
  RETURN NULL;
END $$;

CREATE TRIGGER role_moves_access AFTER INSERT OR UPDATE OR DELETE ON role
  FOR EACH STATEMENT EXECUTE FUNCTION access_version_move();
CREATE TRIGGER access_grant_moves_access AFTER INSERT OR UPDATE OR DELETE ON access_grant
  FOR EACH STATEMENT EXECUTE FUNCTION access_version_move();

GRANT SELECT, INSERT, UPDATE, DELETE ON role, access_grant TO valet_app;
GRANT SELECT, UPDATE ON access_version TO valet_app;
