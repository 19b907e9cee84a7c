-- What must not change is refused here, by the database itself: to the application's login, to the owner, and (every
-- trigger is ENABLE ALWAYS, see 12-guard.sql) to a superuser in a replication session. Only ALTER TABLE gets past a
-- trigger.

CREATE FUNCTION doseline_refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

-- Rows that are written once. What may change in part has its own check of a change below, and is never emptied either.
DO $$
DECLARE
  kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY[
    'entries', 'body_weights', 'complete_blood_counts', 'chemistries', 'clinical_observations', 'observation_findings',
    'observation_signs', 'doses_given', 'orders', 'dispositions', 'decision_runs', 'decision_events', 'decision_event_closures',
    'review_items', 'animal_changes', 'signatures', 'audit_events', 'audit_kinds', 'audit_reviews', 'audit_checkpoints', 'installations'
  ] LOOP
    EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION doseline_refuse_change()', kept);
    EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION doseline_refuse_change()', kept);
  END LOOP;
  FOREACH kept IN ARRAY ARRAY['studies', 'protocol_versions', 'dose_groups', 'animals', 'second_factors', 'recovery_codes'] LOOP
    EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION doseline_refuse_change()', kept);
  END LOOP;
END $$;

-- Nothing is added to what was recorded: the parts of an entry come with it, and those of a run with the run, in one
-- transaction.
CREATE FUNCTION doseline_refuse_addition() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_TABLE_NAME IN ('decision_events', 'review_items') THEN
    PERFORM FROM decision_runs WHERE study_id = NEW.study_id AND animal_id = NEW.animal_id AND recorded_at = NEW.recorded_at AND created_in = this_transaction();
  ELSIF TG_TABLE_NAME = 'decision_event_closures' THEN
    PERFORM FROM decision_runs WHERE study_id = NEW.study_id AND animal_id = NEW.animal_id AND recorded_at = NEW.closed_at AND created_in = this_transaction();
  ELSE
    PERFORM FROM entries WHERE study_id = NEW.study_id AND id = NEW.entry_id AND created_in = this_transaction();
  END IF;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'nothing is added to what was recorded before: INSERT into % is refused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;

DO $$
DECLARE
  part text;
BEGIN
  FOREACH part IN ARRAY ARRAY[
    'body_weights', 'complete_blood_counts', 'chemistries', 'clinical_observations', 'observation_findings', 'observation_signs',
    'doses_given', 'orders', 'dispositions', 'decision_events', 'decision_event_closures', 'review_items'
  ] LOOP
    EXECUTE format('CREATE TRIGGER refuse_addition AFTER INSERT ON %I FOR EACH ROW EXECUTE FUNCTION doseline_refuse_addition()', part);
  END LOOP;
END $$;
