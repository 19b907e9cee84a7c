-- The same check of a run's instant and number, for each row by its keys. Over the rows of a statement as a whole it was
-- planned as a join with every run there is, and cost more with each of them.

DROP TRIGGER check_recorded_at ON decision_runs;

CREATE OR REPLACE FUNCTION doseline_check_recorded_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.recorded_at NOT BETWEEN date_trunc('milliseconds', transaction_timestamp()) AND clock_timestamp()
     AND NOT EXISTS (SELECT FROM studies WHERE id = NEW.study_id AND imported AND created_in = pg_current_xact_id())
     AND NEW.recorded_at IS DISTINCT FROM (
       SELECT max(recorded_at) + interval '1 millisecond' FROM decision_runs
       WHERE animal_id = NEW.animal_id AND recorded_at < NEW.recorded_at) THEN
    RAISE EXCEPTION 'recorded_at is set by the clock of the database, not by the writer' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.run_number > 1 AND NOT coalesce(
    (SELECT recorded_at FROM decision_runs WHERE animal_id = NEW.animal_id AND run_number = NEW.run_number - 1) < NEW.recorded_at, false) THEN
    RAISE EXCEPTION 'the runs of an animal are numbered without gaps, in the order in which they were recorded' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER check_recorded_at AFTER INSERT ON decision_runs FOR EACH ROW EXECUTE FUNCTION doseline_check_recorded_at();
ALTER TABLE decision_runs ENABLE ALWAYS TRIGGER check_recorded_at;

-- The same event as before, with one question less: who acts and where the chain stands are asked together.
CREATE OR REPLACE FUNCTION doseline_chain_audit_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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

  SELECT e.sequence, e.at, e.hash, u.email INTO last
    FROM (SELECT) one
      LEFT JOIN public.users u ON u.id = NEW.actor
      LEFT JOIN LATERAL (SELECT sequence, at, hash FROM public.audit_events WHERE chain = NEW.chain ORDER BY sequence DESC LIMIT 1) e ON true;
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
  NEW.created_in := pg_current_xact_id();
  ms := (extract(epoch FROM NEW.at) * 1000)::bigint;
  -- The form of lib/domain/audit/canonical.ts.
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
