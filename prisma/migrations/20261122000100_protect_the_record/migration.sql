-- What must not change is refused here, by the database itself: to the application's login, to the owner, and (the
-- triggers are ENABLE ALWAYS) to a superuser in a replication session. Only ALTER TABLE gets past a trigger.

CREATE FUNCTION doseline_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

DO $$
DECLARE
  kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY[
    'entries', 'body_weights', 'complete_blood_counts', 'chemistries', 'clinical_observations', 'observation_findings',
    'observation_signs', 'doses_given', 'orders', 'dispositions', 'decision_runs', 'decision_events', 'decision_event_closures'
  ] LOOP
    EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION doseline_refuse_change()', kept);
    EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION doseline_refuse_change()', kept);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER refuse_change', kept);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER refuse_truncate', kept);
  END LOOP;
END $$;

-- A signed or imported protocol version stays as it is; a draft may change, become signed, or go.
CREATE FUNCTION doseline_refuse_protocol_change() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON protocol_versions FOR EACH STATEMENT EXECUTE FUNCTION doseline_refuse_change();
ALTER TABLE protocol_versions ENABLE ALWAYS TRIGGER refuse_change;
ALTER TABLE protocol_versions ENABLE ALWAYS TRIGGER refuse_truncate;

-- Dose groups belong to the draft: once a version is signed or imported, they stay as they are.
CREATE FUNCTION doseline_refuse_group_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM protocol_versions WHERE study_id = OLD.study_id AND status <> 'draft') THEN
    RAISE EXCEPTION 'dose group % belongs to a signed protocol: % is refused', OLD.code, TG_OP USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON dose_groups FOR EACH ROW EXECUTE FUNCTION doseline_refuse_group_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON dose_groups FOR EACH STATEMENT EXECUTE FUNCTION doseline_refuse_change();
ALTER TABLE dose_groups ENABLE ALWAYS TRIGGER refuse_change;
ALTER TABLE dose_groups ENABLE ALWAYS TRIGGER refuse_truncate;

-- An animal keeps its study and tag, and from its first dose on its group, starting dose, control and ladder.
CREATE FUNCTION doseline_refuse_animal_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'animals stay in their study: DELETE is refused' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.study_id <> OLD.study_id OR NEW.tag <> OLD.tag THEN
    RAISE EXCEPTION 'an animal keeps its study and tag' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.dosing_fixed AND (NEW.dosing_fixed, NEW.starting_dose, NEW.control, NEW.dose_levels, NEW.group_code)
     IS DISTINCT FROM (OLD.dosing_fixed, OLD.starting_dose, OLD.control, OLD.dose_levels, OLD.group_code) THEN
    RAISE EXCEPTION 'animal % has been dosed: its group, starting dose, control and dose levels stay', OLD.tag USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON animals FOR EACH ROW EXECUTE FUNCTION doseline_refuse_animal_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON animals FOR EACH STATEMENT EXECUTE FUNCTION doseline_refuse_change();
ALTER TABLE animals ENABLE ALWAYS TRIGGER refuse_change;
ALTER TABLE animals ENABLE ALWAYS TRIGGER refuse_truncate;

-- Every animal has its state row, and nobody makes or removes one by hand.
CREATE FUNCTION doseline_add_animal_state() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO public.animal_states (animal_id, study_id) VALUES (NEW.id, NEW.study_id);
  RETURN NULL;
END $$;
CREATE TRIGGER add_animal_state AFTER INSERT ON animals FOR EACH ROW EXECUTE FUNCTION doseline_add_animal_state();
ALTER TABLE animals ENABLE ALWAYS TRIGGER add_animal_state;

-- A change of what entries are judged by makes every state of the study out of date: it is taken away, under the lock
-- that entries take, so that no entry is judged by the old rules after the new ones.
CREATE FUNCTION doseline_count_rules_revision() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM FROM public.animal_states WHERE study_id = COALESCE(NEW.study_id, OLD.study_id) ORDER BY animal_id FOR UPDATE;
  UPDATE public.animal_states SET state = NULL WHERE study_id = COALESCE(NEW.study_id, OLD.study_id);
  UPDATE public.studies SET rules_revision = rules_revision + 1 WHERE id = COALESCE(NEW.study_id, OLD.study_id);
  RETURN NULL;
END $$;
CREATE TRIGGER count_rules_revision AFTER INSERT OR UPDATE OR DELETE ON protocol_versions FOR EACH ROW EXECUTE FUNCTION doseline_count_rules_revision();
ALTER TABLE protocol_versions ENABLE ALWAYS TRIGGER count_rules_revision;

-- `recorded_at` is the database's clock, in the transaction's own time, or the millisecond after the animal's last where
-- that is later; only while a study is being made by an import may another instant be set. It rises with the run's number.
CREATE FUNCTION doseline_check_recorded_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM new_runs r
    WHERE r.recorded_at NOT BETWEEN date_trunc('milliseconds', transaction_timestamp()) AND clock_timestamp()
      AND NOT EXISTS (SELECT FROM studies s WHERE s.id = r.study_id AND s.imported AND s.created_in = pg_current_xact_id())
      AND r.recorded_at IS DISTINCT FROM (
        SELECT max(p.recorded_at) + interval '1 millisecond' FROM decision_runs p
        WHERE p.animal_id = r.animal_id AND p.recorded_at < r.recorded_at)
  ) THEN
    RAISE EXCEPTION 'recorded_at is set by the clock of the database, not by the writer' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (
    SELECT FROM new_runs r
    WHERE r.run_number > 1 AND NOT EXISTS (
      SELECT FROM decision_runs p
      WHERE p.animal_id = r.animal_id AND p.run_number = r.run_number - 1 AND p.recorded_at < r.recorded_at)
  ) THEN
    RAISE EXCEPTION 'the runs of an animal are numbered without gaps, in the order in which they were recorded' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER check_recorded_at AFTER INSERT ON decision_runs
  REFERENCING NEW TABLE AS new_runs FOR EACH STATEMENT EXECUTE FUNCTION doseline_check_recorded_at();
ALTER TABLE decision_runs ENABLE ALWAYS TRIGGER check_recorded_at;

-- The application's login is a member of this role and owns nothing. A cluster has it once, whoever made it.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'doseline_app') THEN
    CREATE ROLE doseline_app NOLOGIN;
  END IF;
EXCEPTION
  WHEN duplicate_object OR unique_violation THEN
    NULL;
  WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'the role doseline_app is missing and this login may not make it: ask the database administrator for CREATE ROLE doseline_app NOLOGIN';
END $$;

GRANT USAGE ON SCHEMA public TO doseline_app;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO doseline_app;

GRANT INSERT, UPDATE ON users, sessions, api_tokens TO doseline_app;
GRANT DELETE ON sessions TO doseline_app;
GRANT INSERT, UPDATE, DELETE ON memberships, protocol_versions, dose_groups TO doseline_app;

GRANT INSERT (code, title, species, strain, time_zone, status, imported, extra, created_by) ON studies TO doseline_app;
GRANT UPDATE (title, strain, status) ON studies TO doseline_app;

GRANT INSERT (study_id, tag, sex, strain, genotype, birth_date, room, cage, group_code, dosing_fixed, starting_dose, control, dose_levels, extra, created_by) ON animals TO doseline_app;
GRANT UPDATE (sex, strain, genotype, birth_date, room, cage, group_code, dosing_fixed, starting_dose, control, dose_levels) ON animals TO doseline_app;

GRANT INSERT (study_id, animal_id, recorded_at, run_number, judged, status, dose, open_toxicities, protocol_version, engine_version) ON decision_runs TO doseline_app;
GRANT INSERT (study_id, id, animal_id, kind, observed_at, observed_at_text, recorded_at, recorded_at_text, recorded_by, recorded_by_text, record_id, corrects, voids, reason_code, reason, deviation_reason, comment, source, extra, content_hash, answer) ON entries TO doseline_app;
GRANT INSERT ON body_weights, complete_blood_counts, chemistries, clinical_observations, observation_findings, observation_signs, doses_given, orders, dispositions, decision_events, decision_event_closures TO doseline_app;

GRANT UPDATE (run_number, last_recorded_at, rules_revision, state, status, dose, open_toxicities, summary) ON animal_states TO doseline_app;
