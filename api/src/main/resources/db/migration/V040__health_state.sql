-- Verdict, counters, last probe and what to probe, one row per sandbox. No indexed column changes
-- with a probe, and pages keep room, so that probe results are heap-only updates.
CREATE TABLE sandbox_health (
  sandbox_id            uuid PRIMARY KEY,
  tenant_id             uuid NOT NULL,
  environment           text NOT NULL,

  status                text NOT NULL CHECK (status IN ('unknown', 'healthy', 'degraded', 'unhealthy')),
  since                 timestamptz NOT NULL,
  reason                text NOT NULL,
  conditions            text[] NOT NULL DEFAULT '{}',  -- declared parts that do not work
  healthy_since         timestamptz,                   -- the last healthy stretch, for freezing
  healthy_until         timestamptz,
  verdict_version       bigint NOT NULL DEFAULT 0,     -- changes with verdict or conditions only
  version               bigint NOT NULL DEFAULT 0,     -- changes with every write

  consecutive_failures  integer NOT NULL DEFAULT 0,
  consecutive_successes integer NOT NULL DEFAULT 0,
  good_run              integer NOT NULL DEFAULT 0,
  impaired_run          integer NOT NULL DEFAULT 0,
  boot_answered         boolean NOT NULL DEFAULT false,
  last_probe_at         timestamptz,
  detail                text,
  boot_id               text,                          -- of the agent process that answered last
  facts                 jsonb,

  probed                boolean NOT NULL DEFAULT false,
  target_version        bigint NOT NULL DEFAULT 0,     -- changes with the target only
  target_changed_at     timestamptz NOT NULL DEFAULT now(),
  address               text,
  port                  integer,
  boot_started_at       timestamptz,
  failure_threshold     integer,
  success_threshold     integer,
  boot_grace_seconds    integer,
  declared_parts        text[] NOT NULL DEFAULT '{}',
  instance_id           text,
  zone                  text,
  template_version      text,
  shard                 smallint NOT NULL
    GENERATED ALWAYS AS (get_byte(uuid_send(sandbox_id), 15)::smallint) STORED,

  CHECK (NOT probed OR (address IS NOT NULL AND port IS NOT NULL AND boot_started_at IS NOT NULL
    AND failure_threshold IS NOT NULL AND success_threshold IS NOT NULL AND boot_grace_seconds IS NOT NULL))
) WITH (fillfactor = 70);
CREATE INDEX sandbox_health_shard ON sandbox_health (shard) WHERE probed;
CREATE INDEX sandbox_health_target_changed ON sandbox_health (target_changed_at);

CREATE TABLE health_verdict_change (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sandbox_id  uuid NOT NULL,
  tenant_id   uuid NOT NULL,
  at          timestamptz NOT NULL,
  from_status text NOT NULL,
  to_status   text NOT NULL,
  reason      text NOT NULL,
  instance_id text
);
CREATE INDEX health_verdict_change_sandbox ON health_verdict_change (sandbox_id, id DESC);
CREATE INDEX health_verdict_change_at ON health_verdict_change (at);

GRANT SELECT, INSERT, UPDATE ON sandbox_health TO valet_app;
GRANT SELECT, INSERT, DELETE ON health_verdict_change TO valet_app;
