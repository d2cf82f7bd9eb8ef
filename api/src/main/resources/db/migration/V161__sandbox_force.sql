-- The generation of the last wish that shall not wait for running tasks; 0 for none.
ALTER TABLE sandbox ADD COLUMN forced bigint NOT NULL DEFAULT 0;

-- Whether the items of a bulk operation shall not wait for running tasks.
ALTER TABLE operation ADD COLUMN forced boolean;
