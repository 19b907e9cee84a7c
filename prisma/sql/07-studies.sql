-- The life of a study, draft, active, locked, active again, archived; its groups and its animals.

-- A study that is locked or archived stays as it is; each step to, from and beyond a lock is signed in its transaction.
CREATE FUNCTION doseline_check_study_life() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  signed_as text;
BEGIN
  IF OLD.status = NEW.status THEN
    IF OLD.status IN ('locked', 'archived') AND to_jsonb(OLD) <> to_jsonb(NEW) THEN
      RAISE EXCEPTION 'study % is %: it stays as it is', OLD.code, OLD.status USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN NEW;
  END IF;
  signed_as := CASE OLD.status || ' to ' || NEW.status
    WHEN 'draft to active' THEN ''
    WHEN 'active to locked' THEN 'lock'
    WHEN 'locked to active' THEN 'unlock'
    WHEN 'locked to archived' THEN 'archive'
  END;
  IF signed_as IS NULL THEN
    RAISE EXCEPTION 'study % is %, and cannot become %', OLD.code, OLD.status, NEW.status USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  IF signed_as <> '' AND NOT EXISTS (
    SELECT FROM signatures
    WHERE study_id = OLD.id AND subject_kind = signed_as AND created_in = this_transaction()
  ) THEN
    RAISE EXCEPTION 'study % becomes % only with a signature', OLD.code, NEW.status USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER check_study_life BEFORE UPDATE ON studies FOR EACH ROW EXECUTE FUNCTION doseline_check_study_life();
CREATE TRIGGER refuse_delete BEFORE DELETE ON studies FOR EACH ROW EXECUTE FUNCTION doseline_refuse_change();

-- A study becomes active with the signature of its first protocol version.
CREATE FUNCTION doseline_require_first_signature() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM signatures WHERE study_id = NEW.id AND subject_kind = 'protocol' AND created_in = this_transaction()
  ) THEN
    RAISE EXCEPTION 'study % becomes active only with a signed protocol', NEW.code USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER require_signature AFTER UPDATE ON studies DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.status = 'draft' AND NEW.status = 'active') EXECUTE FUNCTION doseline_require_first_signature();

-- Entries arrive in one statement, and are looked at together. Who locks a study holds every animal's state first, so
-- that an entry on its way is stored before the lock or refused after it.
CREATE FUNCTION doseline_refuse_entries_when_locked() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  closed record;
BEGIN
  SELECT s.code, s.status INTO closed FROM studies s
  WHERE s.id IN (SELECT DISTINCT study_id FROM new_entries) AND s.status IN ('locked', 'archived') LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'study % is %: nothing is entered', closed.code, closed.status USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER refuse_when_locked AFTER INSERT ON entries
  REFERENCING NEW TABLE AS new_entries FOR EACH STATEMENT EXECUTE FUNCTION doseline_refuse_entries_when_locked();

CREATE FUNCTION doseline_refuse_when_locked() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  closed record;
BEGIN
  SELECT code, status INTO closed FROM studies
  WHERE id = COALESCE(NEW.study_id, OLD.study_id) AND status IN ('locked', 'archived');
  IF FOUND THEN
    RAISE EXCEPTION 'study % is %: its % stay as they are', closed.code, closed.status, TG_TABLE_NAME USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;

DO $$
DECLARE
  kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY['animals', 'protocol_versions', 'dose_groups'] LOOP
    EXECUTE format('CREATE TRIGGER refuse_when_locked BEFORE INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION doseline_refuse_when_locked()', kept);
  END LOOP;
END $$;

-- Who enters data is settled while a study is locked. Auditors come and go; and where nobody is left who could unlock
-- it, a director may be named.
CREATE FUNCTION doseline_refuse_writers_when_locked() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  closed record;
BEGIN
  IF COALESCE(NEW.role, OLD.role) = 'auditor' AND COALESCE(OLD.role, NEW.role) = 'auditor' THEN
    RETURN COALESCE(NEW, OLD);
  END IF;
  SELECT id, code, status INTO closed FROM studies
  WHERE id = COALESCE(NEW.study_id, OLD.study_id) AND status IN ('locked', 'archived');
  IF NOT FOUND THEN
    RETURN COALESCE(NEW, OLD);
  END IF;
  IF TG_OP = 'INSERT' AND NEW.role = 'study_director' AND closed.status = 'locked' AND NOT EXISTS (
    SELECT FROM study_roles r JOIN users u ON u.id = r.user_id
    WHERE r.study_id = closed.id AND r.role = 'study_director' AND u.disabled_at IS NULL
  ) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'study % is %: who writes in it stays as it is', closed.code, closed.status USING ERRCODE = 'object_not_in_prerequisite_state';
END $$;

CREATE TRIGGER refuse_when_locked BEFORE INSERT OR UPDATE OR DELETE ON memberships FOR EACH ROW EXECUTE FUNCTION doseline_refuse_writers_when_locked();

-- Dose groups belong to the draft: once a version is signed or imported, they stay as they are.
CREATE FUNCTION doseline_refuse_group_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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

-- An animal keeps its study, and from its first dose on its group, starting dose, control and ladder. Everything else of
-- its record changes only by a row of animal_changes of the same transaction that says from what, to what and why.
CREATE FUNCTION doseline_refuse_animal_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  was jsonb := to_jsonb(OLD);
  becomes jsonb := to_jsonb(NEW);
  changed text[];
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'animals stay in their study: DELETE is refused' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.study_id <> OLD.study_id OR NEW.id <> OLD.id THEN
    RAISE EXCEPTION 'an animal keeps its study' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.dosing_fixed AND (NEW.dosing_fixed, NEW.starting_dose, NEW.control, NEW.dose_levels, NEW.group_code)
     IS DISTINCT FROM (OLD.dosing_fixed, OLD.starting_dose, OLD.control, OLD.dose_levels, OLD.group_code) THEN
    RAISE EXCEPTION 'animal % has been dosed: its group, starting dose, control and dose levels stay', OLD.tag USING ERRCODE = 'restrict_violation';
  END IF;
  changed := ARRAY(
    SELECT field FROM unnest(ARRAY['tag', 'sex', 'strain', 'genotype', 'birth_date', 'room', 'cage', 'group_code']) AS field
    WHERE was -> field IS DISTINCT FROM becomes -> field);
  IF cardinality(changed) > 0 AND NOT EXISTS (
    SELECT FROM animal_changes c
    WHERE c.study_id = OLD.study_id AND c.animal_id = OLD.id AND c.created_in = this_transaction() AND NOT EXISTS (
      SELECT FROM unnest(changed) AS field
      WHERE c.before -> field IS DISTINCT FROM was -> field OR c.after -> field IS DISTINCT FROM becomes -> field)
  ) THEN
    RAISE EXCEPTION 'the % of animal % changes only with a reason, kept beside its old value', array_to_string(changed, ', '), OLD.tag
      USING ERRCODE = 'restrict_violation';
  END IF;
  -- What a bundle said of a field otherwise than its column holds it goes when the field changes, and at no other time.
  IF NEW.extra IS DISTINCT FROM OLD.extra AND NEW.extra IS DISTINCT FROM OLD.extra - ARRAY(
    SELECT CASE field WHEN 'tag' THEN 'id' WHEN 'birth_date' THEN 'birthDate' WHEN 'group_code' THEN 'group' ELSE field END
    FROM unnest(changed) AS field)
  THEN
    RAISE EXCEPTION 'what was imported of animal % stays', OLD.tag USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON animals FOR EACH ROW EXECUTE FUNCTION doseline_refuse_animal_change();

-- Every animal has its state row, and nobody makes or removes one by hand.
CREATE FUNCTION doseline_add_animal_state() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO public.animal_states (study_id, animal_id) VALUES (NEW.study_id, NEW.id);
  RETURN NULL;
END $$;

CREATE TRIGGER add_animal_state AFTER INSERT ON animals FOR EACH ROW EXECUTE FUNCTION doseline_add_animal_state();

-- An import calls this when it has stored its rows: a query that is planned for the tables as they were before can take
-- minutes. Only a table's owner may analyze it. The order is fixed, so that of two imports one waits for the other.
CREATE FUNCTION doseline_analyze_studies() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  filled record;
BEGIN
  FOR filled IN SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
      AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'study_id')
    ORDER BY c.relname
  LOOP
    EXECUTE format('ANALYZE public.%I', filled.relname);
  END LOOP;
END $$;
