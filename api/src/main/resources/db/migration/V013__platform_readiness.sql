-- Readiness compares the schema's version with the one that the program knows.
GRANT SELECT ON flyway_schema_history TO valet_app;
