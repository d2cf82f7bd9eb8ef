-- Events on their way to clients: written with the change, moved on by the relay.
-- Migrations run as the owner; the running API is valet_app and gets only what is granted here.
CREATE TABLE outbox (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at         timestamptz NOT NULL,
  type       text NOT NULL,
  tenant_id  uuid NOT NULL,
  sandbox_id uuid,
  data       jsonb NOT NULL
);

GRANT SELECT, INSERT, DELETE ON outbox TO valet_app;
