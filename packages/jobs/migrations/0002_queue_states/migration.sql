-- What is in the queues at this moment, for those who may not look into pg-boss' tables, where the jobs' data are. Not a view: pg-boss
-- changes its tables when it is upgraded, and they are made after this.
CREATE FUNCTION jobs.queue_states()
RETURNS TABLE (name text, waiting bigint, running bigint, oldest_waiting_seconds float8)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  -- A queue of pg-boss' own hands on what is due by the clock.
  RETURN QUERY
  SELECT j.name, count(*) FILTER (WHERE j.state <> 'active'), count(*) FILTER (WHERE j.state = 'active'),
    coalesce(extract(epoch FROM now() - min(j.start_after) FILTER (WHERE j.state <> 'active' AND j.start_after <= now())), 0)::float8
  FROM pgboss.job j WHERE j.state IN ('created', 'retry', 'active') AND j.name NOT LIKE '\_\_pgboss\_\_%'
  GROUP BY j.name ORDER BY j.name;
END $$;
REVOKE EXECUTE ON FUNCTION jobs.queue_states() FROM PUBLIC;
