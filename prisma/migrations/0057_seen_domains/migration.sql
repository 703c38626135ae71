-- What is known of a further domain: whether pages of it have sent, and whether it says itself that it is the site's. It tells the site's tenant
-- alone; whose a domain is that several tenants name is decided by first domains, as before.
ALTER TABLE "site_domain"
    -- The first event of one of its pages that came with the site's key.
    ADD COLUMN "seen_at" TIMESTAMPTZ(3),
    -- The record of its DNS, or the snippet on its page, was found.
    ADD COLUMN "proven_at" TIMESTAMPTZ(3),
    ADD COLUMN "checked_at" TIMESTAMPTZ(3);

-- Nobody forgets a site because something was noted of a domain that it has anyway.
DROP TRIGGER "site_domain_changed" ON "site_domain";
CREATE TRIGGER "site_domain_changed" AFTER INSERT OR UPDATE OF "site_id", "domain" OR DELETE ON "site_domain"
    FOR EACH ROW EXECUTE FUNCTION "site_domain_changed"();
