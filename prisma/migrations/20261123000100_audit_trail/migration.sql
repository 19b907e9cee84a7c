-- The audit trail: what was done, by whom, when and from where, in chains of which every event has the hash of the one
-- before. Which kinds there are, and what each says: lib/domain/audit/events.ts. A writer says what happened; who acts and
-- from where stands in the transaction's settings; place, instant and hash are the database's own.

CREATE TABLE audit_events (
  -- animal:<study code>:<animal id>, study:<code>, account:<user id> or installation
  chain         text COLLATE "C" NOT NULL,
  -- 1, 2, 3 … in each chain, without gaps.
  sequence      bigint NOT NULL CHECK (sequence > 0),
  at            timestamptz(3) NOT NULL,
  kind          text COLLATE "C" NOT NULL CHECK (kind ~ '^[A-Z][A-Z_]{2,63}$'),
  -- Null for the system, the console, and whoever did not get in.
  actor         uuid,
  -- The account's email at the time; "system", "console", or what was typed.
  actor_text    text NOT NULL,
  roles         text NOT NULL,
  origin        text NOT NULL CHECK (origin IN ('session', 'token', 'console', 'import', 'system')),
  address       text,
  study_id      integer,
  animal_id     integer,
  entry_id      text COLLATE "C",
  subject       text,
  -- JSON, as text: what was hashed, to the octet.
  old_value     text,
  new_value     text,
  reason        text,
  previous_hash bytea NOT NULL CHECK (octet_length(previous_hash) = 32),
  hash          bytea NOT NULL CHECK (octet_length(hash) = 32),
  created_in    xid8 NOT NULL,
  PRIMARY KEY (chain, sequence),
  UNIQUE (study_id, entry_id),
  CHECK (animal_id IS NULL OR study_id IS NOT NULL),
  CHECK (entry_id IS NULL OR animal_id IS NOT NULL)
);
-- A page begins where the last one ended, whatever it is filtered by.
CREATE INDEX audit_events_at_idx ON audit_events (at, chain, sequence);
CREATE INDEX audit_events_study_idx ON audit_events (study_id, at, chain, sequence);
CREATE INDEX audit_events_actor_idx ON audit_events (actor, at, chain, sequence);
CREATE INDEX audit_events_kind_idx ON audit_events (kind, at, chain, sequence);

-- Completes an event and puts it at the end of its chain. The events of an animal wait for the lock that its entries take,
-- those of another chain for a lock of their own, both until the end of the transaction.
CREATE FUNCTION doseline_chain_audit_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  place text;
  last record;
BEGIN
  NEW.actor := nullif(current_setting('doseline.actor', true), '')::uuid;
  NEW.origin := nullif(current_setting('doseline.origin', true), '');
  NEW.roles := coalesce(current_setting('doseline.roles', true), '');
  NEW.address := nullif(current_setting('doseline.address', true), '');
  IF NEW.origin IS NULL THEN
    RAISE EXCEPTION 'an audit event says where it comes from: doseline.origin is not set' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.actor IS NOT NULL THEN
    SELECT email INTO NEW.actor_text FROM public.users WHERE id = NEW.actor;
    IF NOT FOUND THEN
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

  SELECT sequence, at, hash INTO last FROM public.audit_events WHERE chain = NEW.chain ORDER BY sequence DESC LIMIT 1;
  NEW.sequence := coalesce(last.sequence, 0) + 1;
  NEW.at := greatest(date_trunc('milliseconds', clock_timestamp()), last.at);
  NEW.previous_hash := coalesce(last.hash, decode(repeat('00', 32), 'hex'));
  NEW.created_in := pg_current_xact_id();
  -- The form of lib/domain/audit/canonical.ts.
  NEW.hash := sha256(NEW.previous_hash || convert_to(concat(
    '16:doseline-audit/1,',
    octet_length(NEW.chain), ':', NEW.chain, ',',
    length(NEW.sequence::text), ':', NEW.sequence, ',',
    length((extract(epoch FROM NEW.at) * 1000)::bigint::text), ':', (extract(epoch FROM NEW.at) * 1000)::bigint, ',',
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
REVOKE ALL ON FUNCTION doseline_chain_audit_event() FROM PUBLIC;

CREATE TRIGGER chain_audit_event BEFORE INSERT ON audit_events FOR EACH ROW EXECUTE FUNCTION doseline_chain_audit_event();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON audit_events FOR EACH ROW EXECUTE FUNCTION doseline_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON audit_events FOR EACH STATEMENT EXECUTE FUNCTION doseline_refuse_change();
ALTER TABLE audit_events ENABLE ALWAYS TRIGGER chain_audit_event;
ALTER TABLE audit_events ENABLE ALWAYS TRIGGER refuse_change;
ALTER TABLE audit_events ENABLE ALWAYS TRIGGER refuse_truncate;

-- Who audits reads everything but what opens an account. Logins are the administrator's to give. --------------------

DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'doseline_auditor') THEN
    CREATE ROLE doseline_auditor NOLOGIN;
  END IF;
EXCEPTION
  WHEN duplicate_object OR unique_violation THEN
    NULL;
  WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'the role doseline_auditor is missing and this login may not make it: ask the database administrator for CREATE ROLE doseline_auditor NOLOGIN';
END $$;

GRANT SELECT ON audit_events TO doseline_app;
GRANT INSERT (chain, kind, study_id, animal_id, entry_id, subject, old_value, new_value, reason) ON audit_events TO doseline_app;

GRANT USAGE ON SCHEMA public TO doseline_auditor;
GRANT SELECT ON audit_events, studies, memberships, study_roles, protocol_versions, dose_groups, animals, animal_states,
  entries, body_weights, complete_blood_counts, chemistries, clinical_observations, observation_findings, observation_signs,
  doses_given, orders, dispositions, decision_runs, decision_events, decision_event_closures, decision_run_periods,
  decision_event_periods TO doseline_auditor;
GRANT SELECT (id, email, name, administrator, auditor, every_study_roles, disabled_at, failed_attempts, locked_until, created_at) ON users TO doseline_auditor;
