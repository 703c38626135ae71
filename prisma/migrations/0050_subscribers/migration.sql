-- How many subscriptions of a tenant were live at Stripe when it was read last: more than one is an alarm.
ALTER TABLE "billing_account" ADD COLUMN "live_count" INTEGER NOT NULL DEFAULT 0;

-- Puts a tenant on a plan that is not paid for through Stripe: an operator's own, or one that costs nothing. False where there is no such
-- tenant or plan.
CREATE FUNCTION "staff"."assign_plan"("tenant" text, "plan" text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE public.tenant t SET plan = p.name FROM public.plan p
    WHERE t.id = $1 AND p.name = $2 AND (p.state = 'manual' OR p.state IN ('published', 'archived')
        AND NOT EXISTS (SELECT FROM public.plan_price x WHERE x.plan = p.name AND x.amount > 0));
    RETURN FOUND;
END $$;
REVOKE EXECUTE ON FUNCTION "staff"."assign_plan"(text, text) FROM PUBLIC;
