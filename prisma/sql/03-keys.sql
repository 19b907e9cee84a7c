-- Keys and indexes of a part of the rows or of an expression, and references that are looked at when all is written.

-- Two people do not share an email that differs in capitals.
CREATE UNIQUE INDEX users_email_key ON users (lower(email));
CREATE UNIQUE INDEX protocol_versions_draft_key ON protocol_versions (study_id) WHERE status = 'draft';

-- The entries of one animal that become known at one instant are written before what they name, and before their run:
-- COMMIT refuses an entry that no run has judged.
ALTER TABLE entries
  ALTER CONSTRAINT entries_run_fkey DEFERRABLE INITIALLY DEFERRED,
  ALTER CONSTRAINT entries_study_id_record_id_fkey DEFERRABLE INITIALLY DEFERRED,
  ALTER CONSTRAINT entries_study_id_corrects_fkey DEFERRABLE INITIALLY DEFERRED,
  ALTER CONSTRAINT entries_study_id_voids_fkey DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE decision_events ALTER CONSTRAINT decision_events_study_id_entry_id_fkey DEFERRABLE INITIALLY DEFERRED;

-- What an entry was corrected or voided by.
CREATE INDEX entries_corrects_idx ON entries (study_id, corrects) WHERE corrects IS NOT NULL;
CREATE INDEX entries_voids_idx ON entries (study_id, voids) WHERE voids IS NOT NULL;

-- Where an animal is looked for by a tag that it no longer has.
CREATE INDEX animal_changes_former_tag_idx ON animal_changes (study_id, (before ->> 'tag')) WHERE before ? 'tag';

-- Only the indexes that a page of the trail begins in, for every entry pays for each. The trail is read by study, or what
-- belongs to none; the two kinds that are nearly all of it are found without an index of their kind.
CREATE INDEX audit_events_no_study_idx ON audit_events (at, chain, sequence) WHERE study_id IS NULL;
CREATE INDEX audit_events_kind_idx ON audit_events (study_id, kind, at, chain, sequence)
  WHERE kind NOT IN ('ENTRY_RECORDED', 'ENTRY_IMPORTED');
-- A signature looks for its event among those of signatures.
CREATE INDEX audit_events_signature_idx ON audit_events (study_id, subject) WHERE kind = 'SIGNED';
