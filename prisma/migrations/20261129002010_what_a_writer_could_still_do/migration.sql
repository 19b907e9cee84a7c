-- What a login that may insert could still do beside the application's operations: add to what was recorded before, put an
-- entry at the instant of an earlier run or under nobody's name, shadow a table with a temporary one of its own, or give a
-- trigger's function to another table. And what verify needs to hold every row against an event: a signature's event that
-- says all of the signature, and events of review items.

-- Names are looked up in the schema of the record, and in nobody's temporary one; a trigger's function is run by its own
-- trigger, and by no other. (Triggers run without asking who may call their function.)
DO $$
DECLARE
  made regprocedure;
BEGIN
  FOR made IN SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'doseline\_%' LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, public, pg_temp', made);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', made);
  END LOOP;
END $$;

-- Nothing is added to what was recorded: the parts of an entry come with it, and those of a run with the run, in one
-- transaction. A transaction's own row is known by the id that it was written with, which comes again after four thousand
-- million others; therefore the instant as well.
CREATE FUNCTION doseline_refuse_addition() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_TABLE_NAME IN ('decision_events', 'review_items') THEN
    PERFORM FROM decision_runs WHERE animal_id = NEW.animal_id AND recorded_at = NEW.recorded_at
      AND xmin = pg_current_xact_id()::xid AND stored_at >= transaction_timestamp();
  ELSIF TG_TABLE_NAME = 'decision_event_closures' THEN
    PERFORM FROM decision_runs WHERE animal_id = NEW.animal_id AND recorded_at = NEW.closed_at
      AND xmin = pg_current_xact_id()::xid AND stored_at >= transaction_timestamp();
  ELSE
    PERFORM FROM entries WHERE study_id = NEW.study_id AND id = NEW.entry_id
      AND xmin = pg_current_xact_id()::xid AND stored_at >= transaction_timestamp();
  END IF;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'nothing is added to what was recorded before: INSERT into % is refused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION doseline_refuse_addition() FROM PUBLIC;

DO $$
DECLARE
  part text;
BEGIN
  FOREACH part IN ARRAY ARRAY[
    'body_weights', 'complete_blood_counts', 'chemistries', 'clinical_observations', 'observation_findings', 'observation_signs',
    'doses_given', 'orders', 'dispositions', 'decision_events', 'decision_event_closures', 'review_items'
  ] LOOP
    EXECUTE format('CREATE TRIGGER refuse_addition AFTER INSERT ON %I FOR EACH ROW EXECUTE FUNCTION doseline_refuse_addition()', part);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER refuse_addition', part);
  END LOOP;
END $$;

-- As before; and an entry is of a run of its own transaction, and names who recorded it: only an import of a whole study
-- brings entries that nobody here recorded.
CREATE OR REPLACE FUNCTION doseline_require_audit_of_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  event record;
BEGIN
  SELECT e.animal_id, e.actor, e.actor_text, e.created_in, r.xmin AS run INTO event FROM audit_events e
    LEFT JOIN decision_runs r ON r.animal_id = NEW.animal_id AND r.recorded_at = NEW.recorded_at AND r.stored_at >= transaction_timestamp()
    WHERE e.study_id = NEW.study_id AND e.entry_id = NEW.id;
  IF event.created_in IS DISTINCT FROM pg_current_xact_id() OR event.animal_id IS DISTINCT FROM NEW.animal_id
     OR (NEW.recorded_by IS NOT NULL AND event.actor IS DISTINCT FROM NEW.recorded_by) THEN
    RAISE EXCEPTION 'entry % without its event in the audit trail is refused', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  IF event.run IS DISTINCT FROM pg_current_xact_id()::xid THEN
    RAISE EXCEPTION 'entry % is of a run that was there before', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  IF (NEW.recorded_by IS NULL OR NEW.recorded_by_text IS DISTINCT FROM event.actor_text OR NEW.recorded_at_text IS NOT NULL)
     AND NOT EXISTS (SELECT FROM studies WHERE id = NEW.study_id AND imported AND created_in = pg_current_xact_id()) THEN
    RAISE EXCEPTION 'entry % does not say who recorded it, or says an instant of its own', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

-- A study becomes active with the signature of its first protocol version.
CREATE FUNCTION doseline_require_first_signature() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM signatures WHERE study_id = NEW.id AND subject_kind = 'protocol' AND created_in = pg_current_xact_id()
  ) THEN
    RAISE EXCEPTION 'study % becomes active only with a signed protocol', NEW.code USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION doseline_require_first_signature() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER require_signature AFTER UPDATE ON studies DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.status = 'draft' AND NEW.status = 'active') EXECUTE FUNCTION doseline_require_first_signature();
ALTER TABLE studies ENABLE ALWAYS TRIGGER require_signature;

-- A signature's event says the whole of it: who, as what they were printed, what it means, of what, of which content, when.
CREATE OR REPLACE FUNCTION doseline_check_signature_audited() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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

-- A change of an animal's record, an item to review and a mark of review are not written without their own events.
CREATE FUNCTION doseline_require_own_event() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  made jsonb := to_jsonb(NEW);
BEGIN
  IF NOT EXISTS (
    SELECT FROM audit_events
    WHERE study_id = NEW.study_id AND kind = TG_ARGV[0] AND created_in = pg_current_xact_id()
      AND CASE TG_TABLE_NAME
        WHEN 'animal_changes' THEN animal_id = (made ->> 'animal_id')::integer AND actor = (made ->> 'changed_by')::uuid AND reason = made ->> 'reason'
        WHEN 'review_items' THEN animal_id = (made ->> 'animal_id')::integer AND subject = made ->> 'id'
        ELSE subject = made ->> 'signature'
      END
  ) THEN
    RAISE EXCEPTION 'a row of % without its event in the audit trail (%) is refused', TG_TABLE_NAME, TG_ARGV[0] USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION doseline_require_own_event() FROM PUBLIC;

DO $$
DECLARE
  written record;
BEGIN
  FOR written IN SELECT * FROM (VALUES
    ('animal_changes', 'ANIMAL_CHANGED'), ('review_items', 'REVIEW_OPENED'), ('audit_reviews', 'AUDIT_REVIEWED')) AS w(tab, kind)
  LOOP
    EXECUTE format('CREATE CONSTRAINT TRIGGER require_event AFTER INSERT ON %I DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION doseline_require_own_event(%L)', written.tab, written.kind);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER require_event', written.tab);
  END LOOP;
END $$;

-- The items that are there get their events, by the system: what the application writes with an item from now on.
INSERT INTO audit_kinds (kind, chains) VALUES ('REVIEW_OPENED', '{animal}');
GRANT INSERT (id) ON review_items TO doseline_app;

SELECT set_config('doseline.actor', '', true), set_config('doseline.roles', '', true),
  set_config('doseline.origin', 'system', true), set_config('doseline.address', '', true);
INSERT INTO audit_events (chain, kind, study_id, animal_id, subject, new_value)
  SELECT concat('animal:', s.code, ':', r.animal_id), 'REVIEW_OPENED', r.study_id, r.animal_id, r.id,
    json_build_object('entry', r.entry_id, 'cause', r.cause,
      'recordedAt', to_char(r.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'impactHash', encode(sha256(convert_to(r.impact::text, 'UTF8')), 'hex'))
  FROM review_items r JOIN studies s ON s.id = r.study_id ORDER BY r.animal_id, r.recorded_at;
