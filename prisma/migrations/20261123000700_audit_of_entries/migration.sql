-- An entry is refused at COMMIT where it has no event of its own transaction, on the chain of its animal, by whoever
-- recorded it. A check of our own: a foreign key would take any event, lock it, and be silent in a replication session.

ALTER TABLE entries DROP CONSTRAINT entries_audit_fkey;
ALTER TABLE audit_events DROP CONSTRAINT audit_events_entry_fkey;

CREATE FUNCTION doseline_require_audit_of_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  event record;
BEGIN
  SELECT animal_id, actor, created_in INTO event FROM public.audit_events WHERE study_id = NEW.study_id AND entry_id = NEW.id;
  IF event.created_in IS DISTINCT FROM pg_current_xact_id() OR event.animal_id IS DISTINCT FROM NEW.animal_id
     OR (NEW.recorded_by IS NOT NULL AND event.actor IS DISTINCT FROM NEW.recorded_by) THEN
    RAISE EXCEPTION 'entry % without its event in the audit trail is refused', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION doseline_require_audit_of_entry() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER require_audit AFTER INSERT ON entries DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION doseline_require_audit_of_entry();
ALTER TABLE entries ENABLE ALWAYS TRIGGER require_audit;

-- Only the indexes that a page of the trail begins in, for every entry pays for each. The trail is read by study, or what
-- belongs to none; the two kinds that are nearly all of it are found without an index of their kind.
DROP INDEX IF EXISTS audit_events_at_idx;
DROP INDEX IF EXISTS audit_events_kind_idx;
CREATE INDEX audit_events_kind_idx ON audit_events (study_id, kind, at, chain, sequence)
  WHERE kind NOT IN ('ENTRY_RECORDED', 'ENTRY_IMPORTED');

-- A signature looks for its event among those of signatures.
DROP INDEX IF EXISTS audit_events_transaction_idx;
CREATE INDEX audit_events_signature_idx ON audit_events (study_id, subject) WHERE kind = 'SIGNED';
