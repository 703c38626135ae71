-- A key that is revoked ends at once: collectors hear of it by its hash.
CREATE FUNCTION "api_key_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('api_key_changed', encode(COALESCE(NEW.hash, OLD.hash), 'hex'));
    RETURN NULL;
END $$;
CREATE TRIGGER "api_key_changed" AFTER INSERT OR UPDATE OR DELETE ON "api_key" FOR EACH ROW EXECUTE FUNCTION "api_key_changed"();
