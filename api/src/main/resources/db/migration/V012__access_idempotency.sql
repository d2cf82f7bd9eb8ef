-- Answers to creating requests, kept for 24 hours. A row is written in the transaction of the work
-- itself, so a row that others can see always holds its answer.
CREATE TABLE idempotency_key (
  principal  text NOT NULL,
  route      text NOT NULL,
  key        text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
  body_hash  bytea NOT NULL,
  status     int,
  location   text,
  body       text,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- Makes a concurrent twin wait for the first one's commit.
  PRIMARY KEY (principal, route, key)
);

CREATE INDEX idempotency_key_created_at ON idempotency_key (created_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_key TO valet_app;
