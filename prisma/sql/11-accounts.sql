-- An account keeps its email for good, and is disabled rather than removed: no name in the record is ever somebody else's.
CREATE FUNCTION doseline_refuse_account_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    RAISE EXCEPTION 'accounts are disabled, never removed: % is refused', TG_OP USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.id <> OLD.id OR NEW.email <> OLD.email THEN
    RAISE EXCEPTION 'an account keeps its email' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER refuse_account_change BEFORE UPDATE OR DELETE ON users FOR EACH ROW EXECUTE FUNCTION doseline_refuse_account_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON users FOR EACH STATEMENT EXECUTE FUNCTION doseline_refuse_account_change();

-- A second factor at sign-in and at signatures: one-time codes of an app (RFC 6238), and recovery codes in their place.

-- Once set, of a factor only the last step goes on: another secret is another factor, after the first was taken off.
CREATE FUNCTION doseline_check_second_factor() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.set_at IS NOT NULL OR NEW.last_step <> 0 THEN
      RAISE EXCEPTION 'a second factor is set by a code, after it was begun' USING ERRCODE = 'check_violation';
    END IF;
    NEW.begun_at := clock_timestamp();
  ELSIF OLD.set_at IS NULL AND NEW.set_at IS NULL THEN
    IF (NEW.user_id, NEW.last_step) IS DISTINCT FROM (OLD.user_id, OLD.last_step) THEN
      RAISE EXCEPTION 'a second factor that is not set accepts no code' USING ERRCODE = 'check_violation';
    END IF;
    NEW.begun_at := clock_timestamp();
  ELSIF OLD.set_at IS NULL THEN
    IF (NEW.user_id, NEW.sealed, NEW.key_id, NEW.begun_at) IS DISTINCT FROM (OLD.user_id, OLD.sealed, OLD.key_id, OLD.begun_at) THEN
      RAISE EXCEPTION 'a second factor is set as it was begun' USING ERRCODE = 'check_violation';
    END IF;
    NEW.set_at := clock_timestamp();
  ELSIF to_jsonb(NEW) - 'last_step' IS DISTINCT FROM to_jsonb(OLD) - 'last_step' OR NEW.last_step <= OLD.last_step THEN
    RAISE EXCEPTION 'a second factor that is set is not changed; it is taken off, and its codes go only forward' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION doseline_check_recovery_code() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.used_at IS NOT NULL OR EXISTS (SELECT FROM public.second_factors WHERE user_id = NEW.user_id AND set_at IS NOT NULL) THEN
      RAISE EXCEPTION 'recovery codes are made as a second factor is set' USING ERRCODE = 'check_violation';
    END IF;
  ELSIF OLD.used_at IS NOT NULL OR NEW.used_at IS NULL OR (NEW.user_id, NEW.code_hash) IS DISTINCT FROM (OLD.user_id, OLD.code_hash) THEN
    RAISE EXCEPTION 'a recovery code is used once, and never changed' USING ERRCODE = 'restrict_violation';
  ELSE
    NEW.used_at := clock_timestamp();
  END IF;
  RETURN NEW;
END $$;

-- What is set, taken off or used is refused at COMMIT without its event of this very transaction. Whoever wrote that event
-- holds the chain's lock until then, so that it is among the last.
CREATE FUNCTION doseline_require_factor_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM (
      SELECT kind, created_in FROM public.audit_events WHERE chain = 'account:' || OLD.user_id ORDER BY sequence DESC LIMIT 8
    ) latest WHERE kind = TG_ARGV[0] AND created_in = this_transaction()
  ) THEN
    RAISE EXCEPTION '% of % without the event % in the audit trail is refused', TG_OP, TG_TABLE_NAME, TG_ARGV[0] USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER check_second_factor BEFORE INSERT OR UPDATE ON second_factors FOR EACH ROW EXECUTE FUNCTION doseline_check_second_factor();
CREATE CONSTRAINT TRIGGER require_audit_of_setting AFTER UPDATE ON second_factors DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.set_at IS DISTINCT FROM NEW.set_at) EXECUTE FUNCTION doseline_require_factor_audit('SECOND_FACTOR_SET');
CREATE CONSTRAINT TRIGGER require_audit_of_removal AFTER DELETE ON second_factors DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.set_at IS NOT NULL) EXECUTE FUNCTION doseline_require_factor_audit('SECOND_FACTOR_REMOVED');
CREATE TRIGGER check_recovery_code BEFORE INSERT OR UPDATE ON recovery_codes FOR EACH ROW EXECUTE FUNCTION doseline_check_recovery_code();
CREATE CONSTRAINT TRIGGER require_audit_of_use AFTER UPDATE ON recovery_codes DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION doseline_require_factor_audit('RECOVERY_CODE_USED');
