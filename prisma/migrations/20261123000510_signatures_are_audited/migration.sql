-- A signature is an event of the audit trail as well, in its own transaction; whoever audits reads them.

CREATE FUNCTION doseline_check_signature_audited() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM audit_events
    WHERE study_id = NEW.study_id AND kind = 'SIGNED' AND subject = NEW.id::text AND created_in = NEW.created_in
  ) THEN
    RAISE EXCEPTION 'signature % has no event in the audit trail', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER check_audited AFTER INSERT ON signatures DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION doseline_check_signature_audited();
ALTER TABLE signatures ENABLE ALWAYS TRIGGER check_audited;

CREATE INDEX audit_events_transaction_idx ON audit_events (created_in);

GRANT SELECT ON signatures TO doseline_auditor;
