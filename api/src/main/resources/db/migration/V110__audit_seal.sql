-- The chain over the audit log. Rows are written unchained, with the change that they record; a
-- sealer chains them afterwards. Who holds valet_app can add rows, and nothing else unnoticed: it
-- may neither change nor remove rows, seals or checkpoints, and a head or a waiting row that it
-- tampers with shows in the next verification.
ALTER TABLE audit ADD COLUMN request_id text;
UPDATE audit SET request_id = convert_from(canonical, 'UTF8')::json #>> '{actor,requestId}';
CREATE INDEX audit_request_id ON audit (request_id, id) WHERE request_id IS NOT NULL;
CREATE INDEX audit_environment ON audit (environment, id);
CREATE INDEX audit_result ON audit (result, id) WHERE result <> 'success';

-- Rows that wait for their seal: one for each row of the log, written by the same statement. The
-- order of ids is not the order of commits, so what is still to be sealed cannot be told from the
-- log itself without reading all of it.
CREATE TABLE audit_unsealed (
  audit_id uuid PRIMARY KEY
);
INSERT INTO audit_unsealed SELECT id FROM audit;

-- hash = SHA-256(0x01 || prev || seq as 8 bytes, most significant first || audit.canonical).
CREATE TABLE audit_seal (
  seq      bigint PRIMARY KEY CHECK (seq >= 1),
  audit_id uuid NOT NULL UNIQUE,
  prev     bytea NOT NULL CHECK (octet_length(prev) = 32),
  hash     bytea NOT NULL CHECK (octet_length(hash) = 32)
);

-- The last seal; its lock makes sealing exclusive.
CREATE TABLE audit_head (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  seq      bigint NOT NULL,
  hash     bytea NOT NULL
);
INSERT INTO audit_head (seq, hash) VALUES (0, decode(repeat('00', 32), 'hex'));

-- Signed with a key that is not in the database.
CREATE TABLE audit_checkpoint (
  seq       bigint PRIMARY KEY,
  hash      text NOT NULL,
  at        timestamptz NOT NULL,
  key       text NOT NULL,
  signature bytea NOT NULL
);

GRANT SELECT, INSERT ON audit_seal, audit_checkpoint TO valet_app;
GRANT SELECT, INSERT, DELETE ON audit_unsealed TO valet_app;
GRANT SELECT, UPDATE ON audit_head TO valet_app;
