-- Reading the audit trail: what an auditor looked at and signed for, and a way through what belongs to no study.

CREATE TABLE audit_reviews (
  study_id  integer NOT NULL REFERENCES studies (id),
  -- What was looked at: the kind of exception, and the entry, event or day that it is about.
  exception text COLLATE "C" NOT NULL CHECK (length(exception) BETWEEN 1 AND 200),
  -- One signature may stand for a list. What is to be followed up is signed again when it is done.
  signature uuid NOT NULL REFERENCES signatures (id),
  PRIMARY KEY (study_id, exception, signature)
);

-- Marked as reviewed is what a review signed in this very transaction says, and nothing else.
CREATE FUNCTION doseline_check_audit_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM signatures
    WHERE id = NEW.signature AND study_id = NEW.study_id AND subject_kind = 'audit_review' AND created_in = pg_current_xact_id()
  ) THEN
    RAISE EXCEPTION 'an exception is marked as reviewed with its own signature' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_audit_review BEFORE INSERT ON audit_reviews FOR EACH ROW EXECUTE FUNCTION doseline_check_audit_review();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON audit_reviews FOR EACH ROW EXECUTE FUNCTION doseline_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON audit_reviews FOR EACH STATEMENT EXECUTE FUNCTION doseline_refuse_change();
ALTER TABLE audit_reviews ENABLE ALWAYS TRIGGER check_audit_review;
ALTER TABLE audit_reviews ENABLE ALWAYS TRIGGER refuse_change;
ALTER TABLE audit_reviews ENABLE ALWAYS TRIGGER refuse_truncate;

GRANT SELECT, INSERT ON audit_reviews TO doseline_app;
GRANT SELECT ON audit_reviews TO doseline_auditor;

-- A page of what belongs to no study begins where the last one ended, as those of a study do.
CREATE INDEX audit_events_no_study_idx ON audit_events (at, chain, sequence) WHERE study_id IS NULL;
