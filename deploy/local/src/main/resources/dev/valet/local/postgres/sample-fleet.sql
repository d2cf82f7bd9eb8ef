-- A fleet as it is found in real life: a few large tenants and many small ones, mostly running and
-- healthy, names and tags by team, created in batches, with a history of terminated sandboxes.
-- Nothing is due and nothing is probed, so loops leave it alone. Settings: sample.living,
-- sample.ended. The same settings give the same fleet, but for the ids' random bits.
CREATE TEMPORARY TABLE pick ON COMMIT DROP AS
SELECT what, name, share, sum(share) OVER (PARTITION BY what ORDER BY ord) AS upto
FROM (VALUES
  (1, 'tenant', 'sample-large', 45.0), (2, 'tenant', 'sample-middle', 25), (3, 'tenant', 'sample-third', 15),
  (4, 'tenant', 'sample-d', 5), (5, 'tenant', 'sample-e', 4), (6, 'tenant', 'sample-f', 3),
  (7, 'tenant', 'sample-g', 1.5), (8, 'tenant', 'sample-h', 1), (9, 'tenant', 'sample-i', 0.3),
  (10, 'tenant', 'sample-tiny', 0.2),
  (1, 'environment', 'prod', 60), (2, 'environment', 'dev', 28), (3, 'environment', 'staging', 12),
  (1, 'template', 'sample-chromium', 55), (2, 'template', 'sample-firefox', 25), (3, 'template', 'sample-both', 14),
  (4, 'template', 'sample-desktop', 5), (5, 'template', 'sample-trial', 1),
  (1, 'phase', 'running', 84), (2, 'phase', 'stopped', 9), (3, 'phase', 'booting', 2), (4, 'phase', 'failed', 2),
  (5, 'phase', 'draining', 0.8), (6, 'phase', 'stopping', 0.7), (7, 'phase', 'launching', 0.5),
  (8, 'phase', 'pending', 0.5), (9, 'phase', 'terminating', 0.5),
  (1, 'health', 'healthy', 95), (2, 'health', 'degraded', 3), (3, 'health', 'unhealthy', 1.5), (4, 'health', 'unknown', 0.5),
  (1, 'hatchet', 'connected', 96), (2, 'hatchet', 'degraded', 2), (3, 'hatchet', 'connecting', 1),
  (4, 'hatchet', 'draining', 0.7), (5, 'hatchet', 'unauthorized', 0.3),
  (1, 'team', 'checkout', 35), (2, 'team', 'search', 25), (3, 'team', 'pricing', 18), (4, 'team', 'content', 12),
  (5, 'team', 'fraud', 6), (6, 'team', 'legal', 3), (7, 'team', 'research', 1),
  (1, 'role', 'crawler', 60), (2, 'role', 'probe', 25), (3, 'role', 'capture', 12), (4, 'role', 'replay', 3)
) AS v (ord, what, name, share);

-- A draw per row and question, from 0 to 100.
CREATE FUNCTION pg_temp.draw(what text, row_number integer) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT p.name FROM pick p
  WHERE p.what = draw.what
    AND p.upto > ((hashint4extended(row_number, hashtext(draw.what)) & 1048575) * 100.0 / 1048576)
  ORDER BY p.upto LIMIT 1
$$;

INSERT INTO tenant (slug) SELECT name FROM pick WHERE what = 'tenant';
INSERT INTO template (id, name, latest_version, created_at, updated_at)
SELECT uuidv7(), name, 1, now() - interval '400 days', now() - interval '400 days' FROM pick WHERE what = 'template';
INSERT INTO template_version (template_id, version, spec, created_at)
SELECT id, 1, '{}', created_at FROM template WHERE name LIKE 'sample-%';

CREATE TEMPORARY TABLE drawn ON COMMIT DROP AS
SELECT n, n > current_setting('sample.living')::integer AS ended,
  pg_temp.draw('tenant', n) AS tenant, pg_temp.draw('environment', n) AS environment,
  pg_temp.draw('template', n) AS template, pg_temp.draw('team', n) AS team,
  pg_temp.draw('role', n) AS role, pg_temp.draw('phase', n) AS phase,
  pg_temp.draw('health', n) AS health, pg_temp.draw('hatchet', n) AS hatchet,
  -- Ten at a time; the living within 90 days, the terminated from 30 to 400 days ago.
  CASE WHEN n <= current_setting('sample.living')::integer
    THEN interval '90 days' * (n / 10 * 10) / current_setting('sample.living')::integer
    ELSE interval '30 days' + interval '370 days' * ((n / 10 * 10) % 9973) / 9973
  END + interval '1 hour' AS age
FROM generate_series(1, current_setting('sample.living')::integer
  + current_setting('sample.ended')::integer) AS n;
UPDATE drawn SET phase = 'terminated' WHERE ended;
UPDATE drawn SET health = 'unknown' WHERE phase <> 'running';

CREATE TEMPORARY TABLE sample ON COMMIT DROP AS
SELECT uuidv7(-d.age) AS id, d.*, t.id AS tenant_id, p.id AS template_id, now() - d.age AS created_at,
  phase IN ('running', 'stopped', 'booting', 'draining', 'stopping', 'terminating') AS has_instance
FROM drawn d JOIN tenant t ON t.slug = d.tenant JOIN template p ON p.name = d.template;

INSERT INTO sandbox (id, tenant_id, environment, name, template_id, template_version, parameters, tags,
  capacity, desired, generation, restart, version, created_at, updated_at)
SELECT id, tenant_id, environment, team || '-' || role || '-' || n, template_id, 1, '{}',
  jsonb_build_object('team', team, 'role', role)
    || CASE WHEN n % 50 = 0 THEN jsonb_build_object('ticket', 'OPS-' || n) ELSE '{}' END,
  1 + n % 4,
  CASE WHEN phase IN ('terminating', 'terminated') THEN 'terminated'
    WHEN phase IN ('stopped', 'stopping') THEN 'stopped' ELSE 'running' END,
  1, 0, 1, created_at, created_at + age * ((n * 7919) % 1000) / 1000
FROM sample;

INSERT INTO sandbox_health (sandbox_id, tenant_id, environment, status, since, reason, verdict_version,
  last_probe_at, hatchet_state, facts)
SELECT id, tenant_id, environment, health, created_at + interval '2 minutes', '2 probes succeeded', 0,
  CASE WHEN phase = 'running' THEN now() END, CASE WHEN phase = 'running' THEN hatchet END,
  CASE WHEN phase = 'running' THEN jsonb_build_object('status', 'healthy', 'version', '0.1.0',
    'bootId', id, 'uptimeSeconds', n * 37, 'cpu', (n % 100) / 100.0,
    'memory', jsonb_build_object('usedBytes', 2147483648 + n, 'totalBytes', 8589934592),
    'disk', jsonb_build_object('usedBytes', 12884901888 + n, 'totalBytes', 53687091200),
    'tasks', jsonb_build_object('active', n % 3, 'capacity', 1 + n % 4),
    'engines', jsonb_build_array(jsonb_build_object('name', 'chromium', 'state', 'ready', 'detail', NULL)),
    'hatchet', jsonb_build_object('state', hatchet)) END
FROM sample;

INSERT INTO sandbox_status (sandbox_id, phase, phase_since, phase_data, instance_id, ec2_status,
  instance_type, zone, private_ip, launched_at, conditions, repairs, retries, observed_generation,
  observed_restart, observed_verdict_version, observed_contact_version, reconcile_after, version)
SELECT id, phase, created_at, '{}',
  CASE WHEN has_instance OR ended THEN 'i-' || lpad(to_hex(n), 17, '0') END,
  CASE WHEN NOT has_instance AND NOT ended THEN NULL
    WHEN phase IN ('running', 'draining') THEN 'running' WHEN phase = 'booting' THEN 'pending'
    WHEN phase = 'terminating' THEN 'shutting-down' ELSE phase END,
  'm7i.large', 'eu-test-1' || chr(97 + n % 3),
  CASE WHEN has_instance THEN format('10.%s.%s.%s', n / 65536, n / 256 % 256, n % 256) END,
  CASE WHEN has_instance OR ended THEN created_at END, '[]', '[]', 0, 1, 0, 0, 0, 'infinity', 1
FROM sample;
