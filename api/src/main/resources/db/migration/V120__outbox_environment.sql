-- Who may see an event hangs on its environment too. Tenant and environment are both null for what
-- concerns the whole fleet.
ALTER TABLE outbox ADD COLUMN environment text;
ALTER TABLE outbox ALTER COLUMN tenant_id DROP NOT NULL;

UPDATE outbox o SET environment = s.environment FROM sandbox s WHERE s.id = o.sandbox_id;
UPDATE outbox SET tenant_id = NULL WHERE type = 'fleet.freeze';

-- Rows live for milliseconds, so what is dead must go before the relay has to walk over it.
ALTER TABLE outbox SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
