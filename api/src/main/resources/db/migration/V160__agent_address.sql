-- Where commands are sent. A stale address does no harm: a command fits one agent process only.
ALTER TABLE agent_registration ADD COLUMN address text, ADD COLUMN port integer;

UPDATE agent_registration r SET address = h.address, port = h.port
FROM sandbox_health h WHERE h.sandbox_id = r.sandbox_id AND h.probed;
