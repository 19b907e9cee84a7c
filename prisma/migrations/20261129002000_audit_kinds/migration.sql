-- The kinds of events are a closed set in the database as well: an event of another kind, or on a chain that its kind does
-- not belong on, is refused to every login. Nothing writes a kind but a migration, which adds its own like this:
--   INSERT INTO audit_kinds (kind, chains) VALUES ('SOMETHING_DONE', '{account}');
-- lib/domain/audit/events.ts has the same set with its words; a test holds the two equal, and docs/audit-events.md current.

CREATE TABLE audit_kinds (
  kind   text COLLATE "C" PRIMARY KEY CHECK (kind ~ '^[A-Z][A-Z_]{2,63}$'),
  -- What comes before the colon of the chains that such events stand on.
  chains text[] NOT NULL CHECK (cardinality(chains) > 0 AND chains <@ ARRAY['animal', 'study', 'account', 'installation'])
);

INSERT INTO audit_kinds (kind, chains) VALUES
  ('ANIMAL_REGISTERED', '{animal}'),
  ('ANIMAL_IMPORTED', '{animal}'),
  ('ANIMAL_CHANGED', '{animal}'),
  ('ANIMAL_DOSING_FIXED', '{animal}'),
  ('ENTRY_RECORDED', '{animal}'),
  ('ENTRY_IMPORTED', '{animal}'),
  ('ENTRY_CORRECTED', '{animal}'),
  ('ENTRY_VOIDED', '{animal}'),
  ('REVIEW_DECIDED', '{animal}'),
  ('STUDY_CREATED', '{study}'),
  ('STUDY_IMPORTED', '{study}'),
  ('PROTOCOL_DRAFTED', '{study}'),
  ('PROTOCOL_SIGNED', '{study}'),
  ('PROTOCOL_AMENDED', '{study}'),
  ('PROTOCOL_DRAFT_DISCARDED', '{study}'),
  ('PROTOCOL_IMPORTED', '{study}'),
  ('SIGNED', '{study}'),
  ('STUDY_LOCKED', '{study}'),
  ('STUDY_UNLOCKED', '{study}'),
  ('STUDY_ARCHIVED', '{study}'),
  ('MEMBERSHIP_CHANGED', '{study}'),
  ('BUNDLE_EXPORTED', '{study}'),
  ('AUDIT_EXPORTED', '{study,installation}'),
  ('AUDIT_REVIEWED', '{study}'),
  ('HISTORY_EXPORTED', '{study}'),
  ('ACCESS_REFUSED', '{study,account}'),
  ('RECORDING_REFUSED', '{study}'),
  ('USER_CREATED', '{account}'),
  ('USER_CHANGED', '{account}'),
  ('PASSWORD_CHANGED', '{account}'),
  ('PASSWORD_SET', '{account}'),
  ('SESSIONS_ENDED', '{account}'),
  ('TOKEN_ISSUED', '{account}'),
  ('TOKENS_REVOKED', '{account}'),
  ('SIGNED_IN', '{account}'),
  ('SIGNED_OUT', '{account}'),
  ('SIGN_IN_FAILED', '{account,installation}'),
  ('PASSWORD_REFUSED', '{account}'),
  ('ACCOUNT_LOCKED', '{account}');

CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON audit_kinds FOR EACH ROW EXECUTE FUNCTION doseline_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON audit_kinds FOR EACH STATEMENT EXECUTE FUNCTION doseline_refuse_change();
ALTER TABLE audit_kinds ENABLE ALWAYS TRIGGER refuse_change;
ALTER TABLE audit_kinds ENABLE ALWAYS TRIGGER refuse_truncate;

GRANT SELECT ON audit_kinds TO doseline_app, doseline_auditor;

-- As before, and of a kind that there is, on a chain that holds it: asked together with who acts and where the chain stands.
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
