-- Whether the instance was launched outside Valet and imported. It is owned by this row alone, as its
-- client token is not of Valet's making; another instance of the same sandbox is launched as usual.
ALTER TABLE sandbox_status ADD COLUMN adopted boolean NOT NULL DEFAULT false;
