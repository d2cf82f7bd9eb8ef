-- Leases of loops that only one replica may run. Expiry is judged by the database's clock.
CREATE TABLE lease (
  name  text PRIMARY KEY,
  token uuid NOT NULL,
  until timestamptz NOT NULL
);

GRANT SELECT, INSERT, UPDATE ON lease TO valet_app;
