-- Entries of the audit end: the scheduler looks for old ones of all tenants.
CREATE INDEX "audit_entry_created_at_idx" ON "audit_entry"("created_at");
