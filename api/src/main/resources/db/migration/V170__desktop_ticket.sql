-- Tickets that open the WebSocket of a desktop, once: hashes, so that whoever reads the table has none.
CREATE TABLE vnc_ticket (
  hash       bytea PRIMARY KEY,
  sandbox_id uuid NOT NULL,
  subject    text NOT NULL,
  mode       text NOT NULL CHECK (mode IN ('view', 'control')),
  expires_at timestamptz NOT NULL
);

CREATE INDEX vnc_ticket_expires_at ON vnc_ticket (expires_at);

GRANT SELECT, INSERT, DELETE ON vnc_ticket TO valet_app;
