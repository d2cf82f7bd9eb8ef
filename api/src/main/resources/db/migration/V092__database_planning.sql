-- How this database plans. Sessions that are open already keep their own.
--
-- random_page_cost: the planner takes every row that it looks up by its key for a movement of a
-- disk's head, and would rather read whole tables. The fleet's tables lie in memory, and disks have no
-- heads any more.
-- plan_cache_mode: the client keeps statements prepared, and after five runs PostgreSQL would plan
-- them for an average value. Values here are anything but: nearly all sandboxes are healthy, and what
-- people ask for are the few that are not.
DO $$
BEGIN
  EXECUTE format('ALTER DATABASE %I SET random_page_cost = 1.1', current_database());
  EXECUTE format('ALTER DATABASE %I SET plan_cache_mode = force_custom_plan', current_database());
EXCEPTION WHEN insufficient_privilege THEN
  RAISE WARNING 'Let the owner of this database set random_page_cost = 1.1 and plan_cache_mode = force_custom_plan';
END $$;
