-- One index per sort, and one per filter that may lead to few rows. All begin with what every list
-- asks, living or terminated. A list by a filter that many rows pass walks along its sort until the
-- page is full. Names sort by their bytes, so that one index serves sorting and beginnings.
DROP INDEX sandbox_created, sandbox_updated, sandbox_by_name,
  sandbox_environment, sandbox_tenant, sandbox_template;
CREATE INDEX sandbox_created ON sandbox (ended, created_at, id);
CREATE INDEX sandbox_updated ON sandbox (ended, updated_at, id);
CREATE INDEX sandbox_by_name ON sandbox (ended, (lower(name) COLLATE "C"), id);
CREATE INDEX sandbox_environment ON sandbox (environment, ended, created_at, id);
CREATE INDEX sandbox_tenant ON sandbox (tenant_id, ended, created_at, id);
CREATE INDEX sandbox_template ON sandbox (template_id, ended, created_at, id);

CREATE INDEX sandbox_status_living ON sandbox_status (phase, sandbox_id) WHERE phase <> 'terminated';
CREATE INDEX sandbox_status_living_ec2 ON sandbox_status (ec2_status, sandbox_id)
  WHERE phase <> 'terminated';
CREATE INDEX sandbox_status_private_ip ON sandbox_status (private_ip) WHERE private_ip IS NOT NULL;
-- EC2 says terminated of nearly all the terminated and of next to none of the living.
CREATE STATISTICS sandbox_status_phase_ec2 (mcv) ON phase, ec2_status FROM sandbox_status;

-- Changes with a verdict, not with a probe.
CREATE INDEX sandbox_health_status ON sandbox_health (ended, status, sandbox_id);

-- Free text: any part of a name. pg_trgm is a trusted extension: whoever may create in the database
-- may create it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX sandbox_name_part ON sandbox USING gin ((lower(name) COLLATE "C") gin_trgm_ops);
