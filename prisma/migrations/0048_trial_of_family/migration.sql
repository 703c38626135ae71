-- A plan is tried in its newest version, whichever version was marked: who publishes another one need not think of it.
CREATE OR REPLACE FUNCTION "trial_plan"() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT p.name FROM public.plan p WHERE p.state = 'published' AND p.is_public
        AND EXISTS (SELECT FROM public.plan m WHERE m.family = p.family AND m.is_trial)
        AND NOT EXISTS (SELECT FROM public.plan n WHERE n.family = p.family AND n.state = 'published' AND n.version > p.version)
    ORDER BY coalesce((SELECT max(x.amount) FROM public.plan_price x WHERE x.plan = p.name AND x.interval = 'month'), 0) DESC, p.name LIMIT 1
$$;
