-- A second factor at sign-in and at signatures: one-time codes of an app (RFC 6238), and recovery codes in their place.

CREATE TABLE second_factors (
  user_id       uuid PRIMARY KEY REFERENCES users (id),
  -- The secret that app and server share, under a key that is not in the database (lib/server/auth/factor-key.ts).
  sealed        bytea NOT NULL CHECK (octet_length(sealed) BETWEEN 44 AND 128),
  -- Tells which key that was, and nothing about it.
  key_id        text COLLATE "C" NOT NULL CHECK (key_id ~ '^[0-9a-f]{16}$'),
  begun_at      timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  -- Null until a right code was typed: nothing asks for codes before.
  set_at        timestamptz(3),
  -- The step of the last code that was accepted. None is accepted twice, nor one from before it.
  last_step     bigint NOT NULL DEFAULT 0,
  recovery_salt bytea CHECK (octet_length(recovery_salt) = 16),
  CHECK ((set_at IS NULL) = (recovery_salt IS NULL))
);

CREATE TABLE recovery_codes (
  user_id   uuid NOT NULL REFERENCES second_factors (user_id) ON DELETE CASCADE,
  code_hash bytea NOT NULL CHECK (octet_length(code_hash) = 32),
  used_at   timestamptz(3),
  PRIMARY KEY (user_id, code_hash)
);

-- Once set, of a factor only the last step goes on: another secret is another factor, after the first was taken off.
CREATE FUNCTION doseline_check_second_factor() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
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

CREATE FUNCTION doseline_check_recovery_code() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
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
CREATE FUNCTION doseline_require_factor_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM (
      SELECT kind, created_in FROM public.audit_events WHERE chain = 'account:' || OLD.user_id ORDER BY sequence DESC LIMIT 8
    ) latest WHERE kind = TG_ARGV[0] AND created_in = pg_current_xact_id()
  ) THEN
    RAISE EXCEPTION '% of % without the event % in the audit trail is refused', TG_OP, TG_TABLE_NAME, TG_ARGV[0] USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION doseline_require_factor_audit() FROM PUBLIC;

CREATE TRIGGER check_second_factor BEFORE INSERT OR UPDATE ON second_factors FOR EACH ROW EXECUTE FUNCTION doseline_check_second_factor();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON second_factors FOR EACH STATEMENT EXECUTE FUNCTION doseline_refuse_change();
CREATE CONSTRAINT TRIGGER require_audit_of_setting AFTER UPDATE ON second_factors DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.set_at IS DISTINCT FROM NEW.set_at) EXECUTE FUNCTION doseline_require_factor_audit('SECOND_FACTOR_SET');
CREATE CONSTRAINT TRIGGER require_audit_of_removal AFTER DELETE ON second_factors DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.set_at IS NOT NULL) EXECUTE FUNCTION doseline_require_factor_audit('SECOND_FACTOR_REMOVED');
CREATE TRIGGER check_recovery_code BEFORE INSERT OR UPDATE ON recovery_codes FOR EACH ROW EXECUTE FUNCTION doseline_check_recovery_code();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON recovery_codes FOR EACH STATEMENT EXECUTE FUNCTION doseline_refuse_change();
CREATE CONSTRAINT TRIGGER require_audit_of_use AFTER UPDATE ON recovery_codes DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION doseline_require_factor_audit('RECOVERY_CODE_USED');
ALTER TABLE second_factors ENABLE ALWAYS TRIGGER check_second_factor;
ALTER TABLE second_factors ENABLE ALWAYS TRIGGER refuse_truncate;
ALTER TABLE second_factors ENABLE ALWAYS TRIGGER require_audit_of_setting;
ALTER TABLE second_factors ENABLE ALWAYS TRIGGER require_audit_of_removal;
ALTER TABLE recovery_codes ENABLE ALWAYS TRIGGER check_recovery_code;
ALTER TABLE recovery_codes ENABLE ALWAYS TRIGGER refuse_truncate;
ALTER TABLE recovery_codes ENABLE ALWAYS TRIGGER require_audit_of_use;

-- What opens an account is not for who audits: doseline_auditor is given nothing here.
GRANT SELECT, DELETE ON second_factors TO doseline_app;
GRANT INSERT (user_id, sealed, key_id), UPDATE (sealed, key_id, set_at, last_step, recovery_salt) ON second_factors TO doseline_app;
GRANT SELECT ON recovery_codes TO doseline_app;
GRANT INSERT (user_id, code_hash), UPDATE (used_at) ON recovery_codes TO doseline_app;
