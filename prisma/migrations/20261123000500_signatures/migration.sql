-- Signatures, and the life of a study. A signature is a row that nobody changes: who, when, as what, and the content
-- that was signed, whole and hashed. Whether it still holds is a comparison of that content with what stands now.

CREATE TABLE signatures (
  -- Made by the client: sent twice, it is signed once.
  id           uuid PRIMARY KEY,
  study_id     integer NOT NULL REFERENCES studies (id),
  -- The order of signing.
  number       bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  signer       uuid NOT NULL REFERENCES users (id),
  -- As the account had them when it signed.
  signer_name  text NOT NULL,
  signer_email text NOT NULL,
  meaning      text NOT NULL CHECK (meaning IN ('APPROVED', 'ORDERED', 'CONFIRMED', 'DECIDED_AGAINST_RULES', 'ACCEPTED', 'FOLLOW_UP', 'REVIEWED', 'DATA_COMPLETE', 'REOPENED', 'ARCHIVED')),
  subject_kind text NOT NULL CHECK (subject_kind IN ('protocol', 'amendment', 'order', 'override', 'deviation', 'review', 'lock', 'unlock', 'archive', 'audit_review')),
  -- An entry's id, a version's number, a study's code: whatever names the signed thing within the study.
  subject      text COLLATE "C" NOT NULL CHECK (length(subject) BETWEEN 1 AND 200),
  -- What was read, as JSON with sorted keys, and its SHA-256.
  content      text NOT NULL,
  content_hash bytea NOT NULL CHECK (octet_length(content_hash) = 32),
  -- Shared by what was read as one list and signed with one password.
  list         uuid,
  signed_at    timestamptz(3) NOT NULL,
  created_in   xid8 NOT NULL
);
CREATE INDEX signatures_subject_idx ON signatures (study_id, subject_kind, subject);

-- Name, instant and hash are the database's: nobody signs as another, at another time, or something else than it says.
CREATE FUNCTION doseline_complete_signature() RETURNS trigger LANGUAGE plpgsql AS $$
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
  NEW.created_in := pg_current_xact_id();
  RETURN NEW;
END $$;
CREATE TRIGGER complete_signature BEFORE INSERT ON signatures FOR EACH ROW EXECUTE FUNCTION doseline_complete_signature();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON signatures FOR EACH ROW EXECUTE FUNCTION doseline_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON signatures FOR EACH STATEMENT EXECUTE FUNCTION doseline_refuse_change();
ALTER TABLE signatures ENABLE ALWAYS TRIGGER complete_signature;
ALTER TABLE signatures ENABLE ALWAYS TRIGGER refuse_change;
ALTER TABLE signatures ENABLE ALWAYS TRIGGER refuse_truncate;

-- The life of a study: draft, active, locked, active again, archived ------------------------------------------------

ALTER TABLE studies DROP CONSTRAINT studies_status_check,
  ADD CONSTRAINT studies_status_check CHECK (status IN ('draft', 'active', 'locked', 'archived'));

-- A study that is locked or archived stays as it is; each step to, from and beyond a lock is signed in its transaction.
CREATE FUNCTION doseline_check_study_life() RETURNS trigger LANGUAGE plpgsql AS $$
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
    WHERE study_id = OLD.id AND subject_kind = signed_as AND created_in = pg_current_xact_id()
  ) THEN
    RAISE EXCEPTION 'study % becomes % only with a signature', OLD.code, NEW.status USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_study_life BEFORE UPDATE ON studies FOR EACH ROW EXECUTE FUNCTION doseline_check_study_life();
CREATE TRIGGER refuse_delete BEFORE DELETE ON studies FOR EACH ROW EXECUTE FUNCTION doseline_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON studies FOR EACH STATEMENT EXECUTE FUNCTION doseline_refuse_change();
ALTER TABLE studies ENABLE ALWAYS TRIGGER check_study_life;
ALTER TABLE studies ENABLE ALWAYS TRIGGER refuse_delete;
ALTER TABLE studies ENABLE ALWAYS TRIGGER refuse_truncate;

-- Entries arrive in one statement, and are looked at together. Who locks a study holds every animal's state first, so
-- that an entry on its way is stored before the lock or refused after it.
CREATE FUNCTION doseline_refuse_entries_when_locked() RETURNS trigger LANGUAGE plpgsql AS $$
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
ALTER TABLE entries ENABLE ALWAYS TRIGGER refuse_when_locked;

CREATE FUNCTION doseline_refuse_when_locked() RETURNS trigger LANGUAGE plpgsql AS $$
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
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER refuse_when_locked', kept);
  END LOOP;
END $$;

-- Who enters data is settled while a study is locked. Auditors come and go; and where nobody is left who could unlock
-- it, a director may be named.
CREATE FUNCTION doseline_refuse_writers_when_locked() RETURNS trigger LANGUAGE plpgsql AS $$
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
ALTER TABLE memberships ENABLE ALWAYS TRIGGER refuse_when_locked;

-- An account keeps its email for good, and is disabled rather than removed: no name in the record is ever somebody else's.
CREATE FUNCTION doseline_refuse_account_change() RETURNS trigger LANGUAGE plpgsql AS $$
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
ALTER TABLE users ENABLE ALWAYS TRIGGER refuse_account_change;
ALTER TABLE users ENABLE ALWAYS TRIGGER refuse_truncate;

GRANT SELECT ON signatures TO doseline_app;
GRANT INSERT (id, study_id, signer, meaning, subject_kind, subject, content, list) ON signatures TO doseline_app;
