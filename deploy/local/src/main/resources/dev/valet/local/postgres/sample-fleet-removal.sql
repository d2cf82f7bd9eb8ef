BEGIN;
CREATE TEMPORARY TABLE gone ON COMMIT DROP AS
SELECT d.id FROM sandbox d JOIN tenant t ON t.id = d.tenant_id WHERE t.slug LIKE 'sample-%';
DELETE FROM sandbox_status WHERE sandbox_id IN (SELECT id FROM gone);
DELETE FROM sandbox_health WHERE sandbox_id IN (SELECT id FROM gone);
DELETE FROM sandbox WHERE id IN (SELECT id FROM gone);
DELETE FROM template_version v USING template t WHERE t.id = v.template_id AND t.name LIKE 'sample-%';
DELETE FROM template WHERE name LIKE 'sample-%';
DELETE FROM tenant WHERE slug LIKE 'sample-%';
COMMIT;
