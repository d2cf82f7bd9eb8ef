-- Who did what. The running API may add rows and read them; nothing lets it change or remove one.
CREATE TABLE audit (
  id          uuid PRIMARY KEY,
  at          timestamptz NOT NULL,
  actor       text NOT NULL,
  action      text NOT NULL,
  tenant_id   uuid,
  environment text,
  target_type text,
  target_id   text,
  sandbox_id  uuid,
  result      text NOT NULL CHECK (result IN ('success', 'denied', 'failed')),
  -- The whole record as canonical JSON (RFC 8785): what is shown, and what the seals are taken of.
  -- The columns above repeat parts of it for the filters.
  canonical   bytea NOT NULL
);

-- Every list is newest first; id (version 7) is the order of making.
CREATE INDEX audit_tenant_id ON audit (tenant_id, id);
CREATE INDEX audit_sandbox_id ON audit (sandbox_id, id) WHERE sandbox_id IS NOT NULL;
CREATE INDEX audit_actor ON audit (actor, id);
CREATE INDEX audit_action ON audit (action, id);
CREATE INDEX audit_target ON audit (target_type, target_id, id);

GRANT SELECT, INSERT ON audit TO valet_app;
