-- One row per sandbox and minute, a partition per week (Monday, UTC). The running API may not
-- create tables: two functions of the owner do exactly what it needs.
CREATE TABLE health_sample (
  sandbox_id uuid NOT NULL,
  minute     timestamptz NOT NULL,
  probes     smallint NOT NULL,
  failures   smallint NOT NULL,
  cpu_min    real, cpu_avg    real, cpu_max    real,
  memory_min real, memory_avg real, memory_max real,
  disk_min   real, disk_avg   real, disk_max   real,
  tasks_min  real, tasks_avg  real, tasks_max  real,
  PRIMARY KEY (sandbox_id, minute)
) PARTITION BY RANGE (minute);

CREATE FUNCTION health_sample_make_partitions(weeks integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC'
AS $$
DECLARE
  monday timestamptz := date_trunc('week', now()) - interval '7 days';
  made   integer := 0;
  name   text;
BEGIN
  IF weeks NOT BETWEEN 0 AND 53 THEN
    RAISE EXCEPTION 'weeks must be 0 to 53, not %', weeks;
  END IF;
  LOCK TABLE public.health_sample IN SHARE UPDATE EXCLUSIVE MODE;
  WHILE monday <= now() + make_interval(weeks => weeks) LOOP
    name := 'health_sample_' || to_char(monday, 'YYYYMMDD');
    IF to_regclass('public.' || name) IS NULL THEN
      EXECUTE format('CREATE TABLE public.%I PARTITION OF public.health_sample FOR VALUES FROM (%L) TO (%L)',
        name, monday, monday + interval '7 days');
      made := made + 1;
    END IF;
    monday := monday + interval '7 days';
  END LOOP;
  RETURN made;
END $$;

CREATE FUNCTION health_sample_drop_partitions(before timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC'
AS $$
DECLARE
  part    record;
  dropped integer := 0;
BEGIN
  LOCK TABLE public.health_sample IN SHARE UPDATE EXCLUSIVE MODE;
  FOR part IN
    SELECT c.relname, to_timestamp(right(c.relname, 8), 'YYYYMMDD') AS monday
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'public.health_sample'::regclass
  LOOP
    IF part.monday + interval '7 days' <= before THEN
      EXECUTE format('DROP TABLE public.%I', part.relname);
      dropped := dropped + 1;
    END IF;
  END LOOP;
  RETURN dropped;
END $$;

REVOKE ALL ON FUNCTION health_sample_make_partitions(integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION health_sample_drop_partitions(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION health_sample_make_partitions(integer) TO valet_app;
GRANT EXECUTE ON FUNCTION health_sample_drop_partitions(timestamptz) TO valet_app;
GRANT SELECT, INSERT ON health_sample TO valet_app;

SELECT health_sample_make_partitions(4);
