-- Who may call as an agent, and when an agent last did. Tokens and credentials are kept as hashes.
CREATE TABLE agent_registration (
  sandbox_id  uuid PRIMARY KEY,
  tenant_id   uuid NOT NULL,
  environment text NOT NULL,
  capacity    integer NOT NULL CHECK (capacity BETWEEN 1 AND 100),
  engines     text[] NOT NULL,
  instance_id text,         -- of the recorded launch; null from the issue of a token until then
  revoked_at  timestamptz   -- the sandbox is terminated: nobody may call for it any more
);

CREATE TABLE agent_bootstrap (
  token_hash    bytea PRIMARY KEY,
  sandbox_id    uuid NOT NULL,
  issued_at     timestamptz NOT NULL,
  expires_at    timestamptz NOT NULL,
  used_at       timestamptz,
  superseded_at timestamptz -- used ones stay, so that a second use is recognised
);
CREATE UNIQUE INDEX agent_bootstrap_current
  ON agent_bootstrap (sandbox_id) WHERE superseded_at IS NULL;

CREATE TABLE agent_credential (
  sandbox_id      uuid PRIMARY KEY,
  credential_hash bytea NOT NULL UNIQUE,
  token_hash      bytea NOT NULL,  -- the bootstrap token that it was exchanged for
  instance_id     text NOT NULL,
  issued_at       timestamptz NOT NULL,
  revoked_at      timestamptz,
  revoked_reason  text
);

-- contact_version counts agent processes: it changes with the boot id only.
CREATE TABLE agent_contact (
  sandbox_id      uuid PRIMARY KEY,
  instance_id     text NOT NULL,
  boot_id         text NOT NULL,
  agent_version   text NOT NULL,
  boot_seen_at    timestamptz NOT NULL,
  contacted_at    timestamptz NOT NULL,
  contact_version bigint NOT NULL
);

-- The installation's key pair for commands to agents; the private half is sealed by the vault.
CREATE TABLE command_key (
  id             smallint PRIMARY KEY CHECK (id = 1),
  public_key     bytea NOT NULL,
  sealed_private bytea NOT NULL,
  created_at     timestamptz NOT NULL
);

GRANT SELECT, INSERT, UPDATE ON agent_registration, agent_credential, agent_contact TO valet_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON agent_bootstrap TO valet_app;
GRANT SELECT, INSERT ON command_key TO valet_app;
