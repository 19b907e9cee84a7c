-- Protocol versions: a draft, then signed, then in force from an instant that is not before its signature.

-- A signed or imported protocol version stays as it is; a draft may change, become signed, or go.
CREATE FUNCTION doseline_refuse_protocol_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.status <> 'draft' THEN
    RAISE EXCEPTION 'protocol version % is %: % is refused', OLD.version, OLD.status, TG_OP USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  IF NEW.study_id <> OLD.study_id OR NEW.version <> OLD.version THEN
    RAISE EXCEPTION 'a protocol version keeps its study and number' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON protocol_versions FOR EACH ROW EXECUTE FUNCTION doseline_refuse_protocol_change();

-- How a version begins, and what makes it signed. An amendment is in force from later than everything that is recorded:
-- observed is never after recorded, so nothing that was judged is judged again. The states are locked first, so that an
-- entry is recorded before the signature or judged after it; and a new animal waits for the study's row (registering
-- takes it shared).
CREATE FUNCTION doseline_check_protocol_version() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  latest record;
  last_recorded timestamptz;
BEGIN
  SELECT max(version) AS version, max(effective_from) AS effective_from INTO latest FROM public.protocol_versions
  WHERE study_id = NEW.study_id AND version <> NEW.version AND status <> 'draft';
  IF TG_OP = 'INSERT' THEN
    IF NEW.status = 'imported' AND EXISTS (
      SELECT FROM public.studies WHERE id = NEW.study_id AND imported AND created_in = this_transaction()
    ) THEN
      RETURN NEW;
    END IF;
    IF NEW.status <> 'draft' THEN
      RAISE EXCEPTION 'a protocol version begins as a draft' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.version <= latest.version THEN
      RAISE EXCEPTION 'protocol version % is not above version %', NEW.version, latest.version USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.status = 'draft' OR OLD.status <> 'draft' THEN
    RETURN NEW;
  END IF;
  IF NEW.status <> 'signed' THEN
    RAISE EXCEPTION 'a draft is signed, and becomes nothing else' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.signed_at NOT BETWEEN date_trunc('milliseconds', transaction_timestamp()) AND clock_timestamp() THEN
    RAISE EXCEPTION 'signed_at is set by the clock of the database, not by the writer' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.settings ->> 'effectiveFrom' IS DISTINCT FROM NEW.effective_from_text
     OR NEW.effective_from_text::timestamptz IS DISTINCT FROM NEW.effective_from THEN
    RAISE EXCEPTION 'the settings of protocol version % say another instant than it is in force from', NEW.version USING ERRCODE = 'check_violation';
  END IF;
  IF latest.version IS NULL THEN
    IF NEW.effective_from IS NOT NULL THEN
      RAISE EXCEPTION 'the first protocol version is in force from the beginning' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF btrim(COALESCE(NEW.settings ->> 'reason', '')) = '' THEN
    RAISE EXCEPTION 'an amendment has a reason' USING ERRCODE = 'check_violation';
  END IF;
  PERFORM FROM public.animal_states WHERE study_id = NEW.study_id ORDER BY animal_id FOR UPDATE;
  SELECT max(last_recorded_at) INTO last_recorded FROM public.animal_states WHERE study_id = NEW.study_id;
  IF NEW.effective_from IS NULL OR NEW.effective_from <= latest.effective_from OR NEW.effective_from <= last_recorded THEN
    RAISE EXCEPTION 'an amendment is in force from later than the version before it and than everything recorded' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER check_protocol_version BEFORE INSERT OR UPDATE ON protocol_versions FOR EACH ROW EXECUTE FUNCTION doseline_check_protocol_version();

-- Signed is what somebody signed: COMMIT refuses a version that became signed without a signature of its transaction.
CREATE FUNCTION doseline_require_protocol_signature() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM public.signatures
    WHERE study_id = NEW.study_id AND subject_kind IN ('protocol', 'amendment') AND subject = NEW.version::text
      AND signer = NEW.signed_by AND created_in = this_transaction()
  ) THEN
    RAISE EXCEPTION 'protocol version % becomes signed only with a signature', NEW.version USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER require_signature AFTER UPDATE ON protocol_versions DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.status = 'draft' AND NEW.status = 'signed') EXECUTE FUNCTION doseline_require_protocol_signature();

-- A change of what entries are judged by makes every state of the study out of date: it is taken away, under the lock that
-- entries take, so that no entry is judged by the old rules after the new ones. Once a version is in force the draft of the
-- next one judges nothing, and saving it leaves every state as it is.
CREATE FUNCTION doseline_count_rules_revision() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF COALESCE(NEW.status, 'draft') = 'draft' AND COALESCE(OLD.status, 'draft') = 'draft' AND EXISTS (
    SELECT FROM public.protocol_versions
    WHERE study_id = COALESCE(NEW.study_id, OLD.study_id) AND status <> 'draft'
  ) THEN
    RETURN NULL;
  END IF;
  PERFORM FROM public.animal_states WHERE study_id = COALESCE(NEW.study_id, OLD.study_id) ORDER BY animal_id FOR UPDATE;
  UPDATE public.animal_states SET state = NULL WHERE study_id = COALESCE(NEW.study_id, OLD.study_id);
  UPDATE public.studies SET rules_revision = rules_revision + 1 WHERE id = COALESCE(NEW.study_id, OLD.study_id);
  RETURN NULL;
END $$;

CREATE TRIGGER count_rules_revision AFTER INSERT OR UPDATE OR DELETE ON protocol_versions FOR EACH ROW EXECUTE FUNCTION doseline_count_rules_revision();
