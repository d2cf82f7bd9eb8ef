-- An operation may be on many sandboxes. It has no target then, but items; it may span tenants and
-- environments, and whoever started it sees it besides those who see all that it touches.
ALTER TABLE operation
  ALTER COLUMN target DROP NOT NULL,
  ALTER COLUMN tenant_id DROP NOT NULL,
  ALTER COLUMN environment DROP NOT NULL,
  ADD COLUMN action       text,
  ADD COLUMN concurrency  integer,
  -- Who started it, as far as their items need it: identity and groups; grants are read anew.
  ADD COLUMN caller       jsonb,
  ADD COLUMN principal    text,
  ADD COLUMN cancelled_at timestamptz,
  ADD COLUMN cancelled_by text,
  -- What the last event said and when, so that progress comes at a bounded rate.
  ADD COLUMN announced    text,
  ADD COLUMN announced_at timestamptz,
  ADD CHECK (CASE WHEN kind = 'bulk'
    THEN target IS NULL AND action IS NOT NULL AND concurrency BETWEEN 1 AND 100
      AND caller IS NOT NULL AND principal IS NOT NULL
    ELSE target IS NOT NULL AND tenant_id IS NOT NULL AND environment IS NOT NULL END);
CREATE INDEX operation_bulk_open ON operation (created_at) WHERE kind = 'bulk' AND ended_at IS NULL;
CREATE INDEX operation_kind ON operation (kind, id DESC);

-- One sandbox of a bulk operation. A running item has either an operation of its own or a lease
-- that somebody holds to begin it; an expired lease is taken over.
CREATE TABLE operation_item (
  operation_id  uuid NOT NULL REFERENCES operation (id),
  sandbox_id    uuid NOT NULL,
  name          text,
  tenant_id     uuid,
  environment   text,
  status        text NOT NULL
    CHECK (status IN ('pending', 'running', 'succeeded', 'failed', 'skipped', 'cancelled')),
  reason        text,
  sub_operation uuid,
  started_at    timestamptz,
  ended_at      timestamptz,
  attempts      integer NOT NULL DEFAULT 0,
  lease_token   uuid,
  lease_until   timestamptz,
  PRIMARY KEY (operation_id, sandbox_id),
  CHECK ((ended_at IS NULL) = (status IN ('pending', 'running')))
);
CREATE INDEX operation_item_open ON operation_item (operation_id, sandbox_id)
  WHERE ended_at IS NULL;

GRANT SELECT, INSERT, UPDATE ON operation_item TO valet_app;
