-- The first admin was made, from the configured e-mail address, and will not be made again.
CREATE TABLE first_admin (
  one        boolean PRIMARY KEY DEFAULT true CHECK (one),
  issuer     text NOT NULL,
  subject    text NOT NULL,
  granted_at timestamptz NOT NULL
);

GRANT SELECT, INSERT ON first_admin TO valet_app;
