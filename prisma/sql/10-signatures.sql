-- Whether a signature still holds is a comparison of its content with what stands now.

-- Name, instant and hash are the database's: nobody signs as another, at another time, or something else than it says.
CREATE FUNCTION doseline_complete_signature() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  account record;
  life text;
BEGIN
  IF current_setting('doseline.actor', true) IS DISTINCT FROM NEW.signer::text THEN
    RAISE EXCEPTION 'a signature is made by whoever is acting, and by nobody else' USING ERRCODE = 'check_violation';
  END IF;
  SELECT name, email, disabled_at INTO account FROM users WHERE id = NEW.signer;
  IF NOT FOUND OR account.disabled_at IS NOT NULL THEN
    RAISE EXCEPTION 'a disabled account signs nothing' USING ERRCODE = 'check_violation';
  END IF;
  SELECT status INTO life FROM studies WHERE id = NEW.study_id;
  IF life = 'archived' AND NEW.subject_kind <> 'audit_review' THEN
    RAISE EXCEPTION 'the study is archived: it is read, and no longer signed' USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  NEW.signer_name := account.name;
  NEW.signer_email := account.email;
  NEW.content_hash := sha256(convert_to(NEW.content, 'UTF8'));
  NEW.signed_at := clock_timestamp();
  NEW.created_in := this_transaction();
  RETURN NEW;
END $$;

CREATE TRIGGER complete_signature BEFORE INSERT ON signatures FOR EACH ROW EXECUTE FUNCTION doseline_complete_signature();

-- A signature's event says the whole of it: who, as what they were printed, what it means, of what, of which content, when.
CREATE FUNCTION doseline_check_signature_audited() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  said record;
BEGIN
  SELECT actor, new_value::jsonb AS value INTO said FROM audit_events
    WHERE study_id = NEW.study_id AND kind = 'SIGNED' AND subject = NEW.id::text AND created_in = NEW.created_in
    ORDER BY sequence DESC LIMIT 1;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'signature % has no event in the audit trail', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  IF said.actor IS DISTINCT FROM NEW.signer OR said.value IS NULL OR NOT said.value @> jsonb_build_object(
       'subjectKind', NEW.subject_kind, 'subject', NEW.subject, 'meaning', NEW.meaning, 'signerName', NEW.signer_name,
       'contentHash', encode(NEW.content_hash, 'hex'), 'list', NEW.list)
     OR (said.value ->> 'signedAt')::timestamptz IS DISTINCT FROM NEW.signed_at THEN
    RAISE EXCEPTION 'signature % is another one than its event in the audit trail says', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER check_audited AFTER INSERT ON signatures DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION doseline_check_signature_audited();
