-- Whose database this is: written at the first start, compared at every later one, so that a copy
-- of it in another place does not act on the instances of the original. Never changed by the API.
CREATE TABLE installation (
  only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  id         uuid NOT NULL,
  account    text NOT NULL,
  region     text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

GRANT SELECT, INSERT ON installation TO valet_app;
