-- The audit trail. A writer says what happened; who acts and from where stands in the transaction's settings; place,
-- instant and hash are the database's own.

-- Completes an event of a kind that there is, and puts it at the end of its chain. The events of an animal wait for the lock
-- that its entries take, those of another chain for a lock of their own, both until the end of the transaction.
CREATE FUNCTION doseline_chain_audit_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  place text;
  last record;
  ms text;
BEGIN
  NEW.actor := nullif(current_setting('doseline.actor', true), '')::uuid;
  NEW.origin := nullif(current_setting('doseline.origin', true), '');
  NEW.roles := coalesce(current_setting('doseline.roles', true), '');
  NEW.address := nullif(current_setting('doseline.address', true), '');
  IF NEW.origin IS NULL THEN
    RAISE EXCEPTION 'an audit event says where it comes from: doseline.origin is not set' USING ERRCODE = 'check_violation';
  END IF;

  IF NEW.animal_id IS NOT NULL THEN
    SELECT concat('animal:', s.code, ':', t.animal_id) INTO place
      FROM public.animal_states t JOIN public.studies s ON s.id = t.study_id
      WHERE t.animal_id = NEW.animal_id AND t.study_id = NEW.study_id FOR UPDATE OF t;
  ELSE
    PERFORM pg_advisory_xact_lock(hashtextextended(NEW.chain, 20261123));
    IF NEW.study_id IS NOT NULL THEN
      SELECT 'study:' || code INTO place FROM public.studies WHERE id = NEW.study_id;
    ELSIF NEW.chain = 'installation' THEN
      place := NEW.chain;
    ELSIF NEW.chain ~ '^account:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN
      SELECT 'account:' || id INTO place FROM public.users WHERE id = substr(NEW.chain, 9)::uuid;
    END IF;
  END IF;
  IF place IS DISTINCT FROM NEW.chain THEN
    RAISE EXCEPTION 'an audit event of % does not belong on the chain %', coalesce(place, 'nothing'), NEW.chain USING ERRCODE = 'check_violation';
  END IF;

  SELECT e.sequence, e.at, e.hash, u.email, k.chains INTO last
    FROM (SELECT) one
      LEFT JOIN public.users u ON u.id = NEW.actor
      LEFT JOIN public.audit_kinds k ON k.kind = NEW.kind
      LEFT JOIN LATERAL (SELECT sequence, at, hash FROM public.audit_events WHERE chain = NEW.chain ORDER BY sequence DESC LIMIT 1) e ON true;
  IF last.chains IS NULL OR split_part(NEW.chain, ':', 1) <> ALL (last.chains) THEN
    RAISE EXCEPTION 'the chain % holds no events of the kind %', NEW.chain, NEW.kind USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.actor IS NOT NULL THEN
    NEW.actor_text := last.email;
    IF last.email IS NULL THEN
      RAISE EXCEPTION 'doseline.actor is not an account: %', NEW.actor USING ERRCODE = 'check_violation';
    END IF;
  ELSIF NEW.kind = 'SIGN_IN_FAILED' THEN
    NEW.actor_text := coalesce(NEW.subject, '');
  ELSIF NEW.origin = 'system' THEN
    NEW.actor_text := 'system';
  ELSIF NEW.origin IN ('console', 'import') THEN
    NEW.actor_text := 'console';
  ELSE
    RAISE EXCEPTION 'no write without an actor: doseline.actor is not set' USING ERRCODE = 'check_violation';
  END IF;

  NEW.sequence := coalesce(last.sequence, 0) + 1;
  NEW.at := greatest(date_trunc('milliseconds', clock_timestamp()), last.at);
  NEW.previous_hash := coalesce(last.hash, decode(repeat('00', 32), 'hex'));
  NEW.created_in := this_transaction();
  ms := (extract(epoch FROM NEW.at) * 1000)::bigint;
  -- The form of lib/domain/trail/canonical.ts.
  NEW.hash := sha256(NEW.previous_hash || convert_to(concat(
    '16:doseline-audit/1,',
    octet_length(NEW.chain), ':', NEW.chain, ',',
    length(NEW.sequence::text), ':', NEW.sequence, ',',
    length(ms), ':', ms, ',',
    octet_length(NEW.kind), ':', NEW.kind, ',',
    coalesce('36:' || NEW.actor || ',', '-,'),
    octet_length(NEW.actor_text), ':', NEW.actor_text, ',',
    octet_length(NEW.roles), ':', NEW.roles, ',',
    octet_length(NEW.origin), ':', NEW.origin, ',',
    coalesce(octet_length(NEW.address) || ':' || NEW.address || ',', '-,'),
    coalesce(octet_length(NEW.entry_id) || ':' || NEW.entry_id || ',', '-,'),
    coalesce(octet_length(NEW.subject) || ':' || NEW.subject || ',', '-,'),
    coalesce(octet_length(NEW.old_value) || ':' || NEW.old_value || ',', '-,'),
    coalesce(octet_length(NEW.new_value) || ':' || NEW.new_value || ',', '-,'),
    coalesce(octet_length(NEW.reason) || ':' || NEW.reason || ',', '-,')), 'UTF8'));
  RETURN NEW;
END $$;

CREATE TRIGGER chain_audit_event BEFORE INSERT ON audit_events FOR EACH ROW EXECUTE FUNCTION doseline_chain_audit_event();

-- What is recorded is refused at COMMIT where the last event of its chain is not of this transaction. Whoever wrote that event
-- holds the chain's lock until then.
CREATE FUNCTION doseline_require_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  changed jsonb := CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
  place text;
  made text;
BEGIN
  IF TG_TABLE_NAME = 'users' THEN
    place := 'account:' || (changed ->> 'id');
  ELSE
    SELECT CASE WHEN TG_TABLE_NAME = 'animals' THEN concat('animal:', code, ':', changed ->> 'id') ELSE 'study:' || code END INTO place
      FROM public.studies WHERE id = coalesce(changed ->> 'study_id', changed ->> 'id')::integer;
  END IF;
  SELECT created_in INTO made FROM public.audit_events WHERE chain = place ORDER BY sequence DESC LIMIT 1;
  IF made IS DISTINCT FROM this_transaction() THEN
    RAISE EXCEPTION '% of % without an event in the audit trail (%) is refused', TG_OP, TG_TABLE_NAME, place USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

DO $$
DECLARE
  recorded text;
BEGIN
  FOREACH recorded IN ARRAY ARRAY['users', 'studies', 'memberships', 'protocol_versions', 'dose_groups', 'animals'] LOOP
    EXECUTE format('CREATE CONSTRAINT TRIGGER require_audit AFTER INSERT OR DELETE ON %I DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION doseline_require_audit()', recorded);
    -- Wrong passwords are counted before anybody knows who types them.
    EXECUTE format('CREATE CONSTRAINT TRIGGER require_audit_of_update AFTER UPDATE ON %I DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW WHEN (%s) EXECUTE FUNCTION doseline_require_audit()', recorded,
      CASE WHEN recorded = 'users'
        THEN $when$(to_jsonb(OLD) - 'failed_attempts' - 'locked_until') IS DISTINCT FROM (to_jsonb(NEW) - 'failed_attempts' - 'locked_until')$when$
        ELSE 'OLD.* IS DISTINCT FROM NEW.*' END);
  END LOOP;
END $$;

-- An entry is refused at COMMIT where it has no event of its own transaction, on the chain of its animal, by whoever recorded
-- it, and where its run is of another one. It names who recorded it: only an import of a whole study brings entries that
-- nobody here recorded. A check of our own: a foreign key would take any event, lock it, and be silent in a replication
-- session.
CREATE FUNCTION doseline_require_audit_of_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  event record;
BEGIN
  SELECT e.animal_id, e.actor, e.actor_text, e.created_in, r.created_in AS run INTO event FROM audit_events e
    LEFT JOIN decision_runs r ON r.study_id = NEW.study_id AND r.animal_id = NEW.animal_id AND r.recorded_at = NEW.recorded_at
    WHERE e.study_id = NEW.study_id AND e.entry_id = NEW.id;
  IF event.created_in IS DISTINCT FROM this_transaction() OR event.animal_id IS DISTINCT FROM NEW.animal_id
     OR (NEW.recorded_by IS NOT NULL AND event.actor IS DISTINCT FROM NEW.recorded_by) THEN
    RAISE EXCEPTION 'entry % without its event in the audit trail is refused', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  IF event.run IS DISTINCT FROM this_transaction() THEN
    RAISE EXCEPTION 'entry % is of a run that was there before', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  IF (NEW.recorded_by IS NULL OR NEW.recorded_by_text IS DISTINCT FROM event.actor_text OR NEW.recorded_at_text IS NOT NULL)
     AND NOT EXISTS (SELECT FROM studies WHERE id = NEW.study_id AND imported AND created_in = this_transaction()) THEN
    RAISE EXCEPTION 'entry % does not say who recorded it, or says an instant of its own', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER require_audit AFTER INSERT ON entries DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION doseline_require_audit_of_entry();

-- A change of an animal's record, an item to review and a mark of review are not written without their own events.
CREATE FUNCTION doseline_require_own_event() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  made jsonb := to_jsonb(NEW);
BEGIN
  IF NOT EXISTS (
    SELECT FROM audit_events
    WHERE study_id = NEW.study_id AND kind = TG_ARGV[0] AND created_in = this_transaction()
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

DO $$
DECLARE
  written record;
BEGIN
  FOR written IN SELECT * FROM (VALUES
    ('animal_changes', 'ANIMAL_CHANGED'), ('review_items', 'REVIEW_OPENED'), ('audit_reviews', 'AUDIT_REVIEWED')) AS w(tab, kind)
  LOOP
    EXECUTE format('CREATE CONSTRAINT TRIGGER require_event AFTER INSERT ON %I DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION doseline_require_own_event(%L)', written.tab, written.kind);
  END LOOP;
END $$;

-- Marked as reviewed is what a review signed in this very transaction says, and nothing else.
CREATE FUNCTION doseline_check_audit_review() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM signatures
    WHERE id = NEW.signature AND study_id = NEW.study_id AND subject_kind = 'audit_review' AND created_in = this_transaction()
  ) THEN
    RAISE EXCEPTION 'an exception is marked as reviewed with its own signature' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER check_audit_review BEFORE INSERT ON audit_reviews FOR EACH ROW EXECUTE FUNCTION doseline_check_audit_review();

-- Two checkpoints of a study do not follow the same one. Who makes one holds its lock (hashtextextended).
CREATE FUNCTION doseline_check_checkpoint() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  last record;
BEGIN
  NEW.scope := coalesce(NEW.study_id, 0);
  SELECT number, hash INTO last FROM audit_checkpoints WHERE scope = NEW.scope ORDER BY number DESC LIMIT 1;
  IF NEW.number <> coalesce(last.number, 0) + 1 OR NEW.previous_hash <> coalesce(last.hash, decode(repeat('00', 32), 'hex')) THEN
    RAISE EXCEPTION 'checkpoint % does not follow the latest one', NEW.number USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.at NOT BETWEEN transaction_timestamp() - interval '1 minute' AND clock_timestamp() THEN
    RAISE EXCEPTION 'the instant of a checkpoint is the clock of the database' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER check_checkpoint BEFORE INSERT ON audit_checkpoints FOR EACH ROW EXECUTE FUNCTION doseline_check_checkpoint();
