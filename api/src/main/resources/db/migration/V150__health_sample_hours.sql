-- Minutes rolled up to hours, a partition a month (UTC). Averages are weighted by answered probes.
CREATE TABLE health_sample_hour (
  sandbox_id uuid NOT NULL,
  hour       timestamptz NOT NULL,
  minutes    smallint NOT NULL,
  probes     integer NOT NULL,
  failures   integer NOT NULL,
  cpu_min    real, cpu_avg    real, cpu_max    real,
  memory_min real, memory_avg real, memory_max real,
  disk_min   real, disk_avg   real, disk_max   real,
  tasks_min  real, tasks_avg  real, tasks_max  real,
  PRIMARY KEY (sandbox_id, hour)
) PARTITION BY RANGE (hour);

-- Hours whose minutes have changed since they were rolled up. A writer of minutes keeps the lock of
-- its hours' rows until its end, so that no roll-up misses what it wrote.
CREATE TABLE health_hour_due (
  hour timestamptz PRIMARY KEY
) WITH (fillfactor = 50);
INSERT INTO health_hour_due
  SELECT DISTINCT date_bin('1 hour', minute, timestamptz 'epoch') FROM health_sample;

-- For the whole fleet over a short time: rows arrive in the order of time.
CREATE INDEX health_sample_time ON health_sample USING brin (minute);
CREATE INDEX health_sample_hour_time ON health_sample_hour USING brin (hour);

CREATE FUNCTION health_hour_make_partitions(months integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC'
AS $$
DECLARE
  first timestamptz := date_trunc('month', now()) - interval '1 month';
  made  integer := 0;
  name  text;
BEGIN
  IF months NOT BETWEEN 0 AND 24 THEN
    RAISE EXCEPTION 'months must be 0 to 24, not %', months;
  END IF;
  LOCK TABLE public.health_sample_hour IN SHARE UPDATE EXCLUSIVE MODE;
  WHILE first <= now() + make_interval(months => months) LOOP
    name := 'health_sample_hour_' || to_char(first, 'YYYYMM');
    IF to_regclass('public.' || name) IS NULL THEN
      EXECUTE format('CREATE TABLE public.%I PARTITION OF public.health_sample_hour FOR VALUES FROM (%L) TO (%L)',
        name, first, first + interval '1 month');
      made := made + 1;
    END IF;
    first := first + interval '1 month';
  END LOOP;
  RETURN made;
END $$;

CREATE FUNCTION health_hour_drop_partitions(before timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC'
AS $$
DECLARE
  part    record;
  dropped integer := 0;
BEGIN
  LOCK TABLE public.health_sample_hour IN SHARE UPDATE EXCLUSIVE MODE;
  FOR part IN
    SELECT c.relname, to_timestamp(right(c.relname, 6), 'YYYYMM') AS first
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'public.health_sample_hour'::regclass
  LOOP
    IF part.first + interval '1 month' <= before THEN
      EXECUTE format('DROP TABLE public.%I', part.relname);
      dropped := dropped + 1;
    END IF;
  END LOOP;
  RETURN dropped;
END $$;

REVOKE ALL ON FUNCTION health_hour_make_partitions(integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION health_hour_drop_partitions(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION health_hour_make_partitions(integer) TO valet_app;
GRANT EXECUTE ON FUNCTION health_hour_drop_partitions(timestamptz) TO valet_app;
GRANT SELECT, INSERT, UPDATE ON health_sample_hour TO valet_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON health_hour_due TO valet_app;

SELECT health_hour_make_partitions(2);
