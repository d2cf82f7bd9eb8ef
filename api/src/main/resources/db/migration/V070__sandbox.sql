-- What is wanted of a sandbox. Only SandboxService writes it.
CREATE TABLE sandbox (
  id               uuid PRIMARY KEY,
  tenant_id        uuid NOT NULL REFERENCES tenant (id),
  environment      text NOT NULL CHECK (environment IN ('dev', 'staging', 'prod')),
  name             text NOT NULL,
  template_id      uuid NOT NULL,
  template_version integer NOT NULL,
  parameters       jsonb NOT NULL,
  tags             jsonb NOT NULL,
  capacity         integer NOT NULL CHECK (capacity BETWEEN 1 AND 100),
  desired          text NOT NULL CHECK (desired IN ('running', 'stopped', 'terminated')),
  -- Moves with every call that wants something; the reconciler compares it with what it has seen.
  generation       bigint NOT NULL,
  -- The generation of the last restart that was asked for; 0 for none.
  restart          bigint NOT NULL,
  version          bigint NOT NULL,
  created_at       timestamptz NOT NULL,
  updated_at       timestamptz NOT NULL,
  FOREIGN KEY (template_id, template_version) REFERENCES template_version (template_id, version)
);
-- A name is free again as soon as its sandbox is on the way out.
CREATE UNIQUE INDEX sandbox_name ON sandbox (tenant_id, environment, lower(name))
  WHERE desired <> 'terminated';
CREATE INDEX sandbox_created ON sandbox (created_at, id);
CREATE INDEX sandbox_updated ON sandbox (updated_at, id);
CREATE INDEX sandbox_by_name ON sandbox (lower(name), id);
CREATE INDEX sandbox_environment ON sandbox (environment, created_at, id);
CREATE INDEX sandbox_tenant ON sandbox (tenant_id, created_at, id);
CREATE INDEX sandbox_template ON sandbox (template_id, created_at, id);
CREATE INDEX sandbox_tags ON sandbox USING gin (tags jsonb_path_ops);

-- What was found, and how far it is. Only the reconciler writes it.
CREATE TABLE sandbox_status (
  sandbox_id               uuid PRIMARY KEY REFERENCES sandbox (id),
  phase                    text NOT NULL,
  phase_since              timestamptz NOT NULL,
  phase_data               jsonb NOT NULL,
  reason                   text,
  instance_id              text,
  ec2_status               text,
  instance_type            text,
  zone                     text,
  private_ip               text,
  public_ip                text,
  launched_at              timestamptz,
  -- Since when EC2's answers lack the instance; absence is believed only after a while.
  absent_since             timestamptz,
  boot_id                  text,
  conditions               jsonb NOT NULL,
  repairs                  jsonb NOT NULL,
  retries                  integer NOT NULL,
  observed_generation      bigint NOT NULL,
  observed_restart         bigint NOT NULL,
  observed_verdict_version bigint NOT NULL,
  observed_contact_version bigint NOT NULL,
  reconcile_after          timestamptz NOT NULL,
  lease_token              uuid,
  lease_until              timestamptz,
  version                  bigint NOT NULL
);
CREATE UNIQUE INDEX sandbox_status_instance ON sandbox_status (instance_id)
  WHERE instance_id IS NOT NULL;
CREATE INDEX sandbox_status_phase ON sandbox_status (phase, sandbox_id);
CREATE INDEX sandbox_status_ec2 ON sandbox_status (ec2_status, sandbox_id);
CREATE INDEX sandbox_status_due ON sandbox_status (reconcile_after) WHERE phase <> 'terminated';

-- The intent of a RunInstances call, stored before it is sent. An attempt is closed only by an
-- instance id or by an error that proves that nothing was launched.
CREATE TABLE launch_attempt (
  id            char(26) PRIMARY KEY,
  sandbox_id    uuid NOT NULL REFERENCES sandbox (id),
  request       bytea NOT NULL,
  client_token  text NOT NULL UNIQUE,
  instance_type text NOT NULL,
  subnet_id     text NOT NULL,
  created_at    timestamptz NOT NULL,
  sent_at       timestamptz,
  closed_at     timestamptz,
  outcome       text,
  instance_id   text,
  CHECK ((closed_at IS NULL) = (outcome IS NULL))
);
CREATE UNIQUE INDEX launch_attempt_open ON launch_attempt (sandbox_id) WHERE closed_at IS NULL;
CREATE INDEX launch_attempt_sandbox ON launch_attempt (sandbox_id, created_at);
CREATE INDEX launch_attempt_no_capacity ON launch_attempt (closed_at) WHERE outcome = 'no_capacity';

GRANT SELECT, INSERT, UPDATE ON sandbox, sandbox_status, launch_attempt TO valet_app;
