-- Sessions of browsers. The cookie holds a random key and nothing else; here is its hash, and the
-- tokens, encrypted with a key that the database does not have.
CREATE TABLE browser_session (
  key            bytea PRIMARY KEY,
  id_token       text NOT NULL,
  refresh_token  text,
  -- Counts renewals. Whoever wants to renew claims the version that was read, for a short while.
  version        bigint NOT NULL DEFAULT 1,
  renew_at       timestamptz NOT NULL,
  expires_at     timestamptz NOT NULL,
  renewing_until timestamptz NOT NULL DEFAULT '-infinity',
  ends_at        timestamptz NOT NULL,
  created_at     timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX browser_session_ends_at ON browser_session (ends_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON browser_session TO valet_app;
