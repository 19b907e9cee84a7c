-- Checkpoints: where the chains of a study stood, hashed one on the other, signed with a key that the database does not
-- have, and kept in a file outside of it as well. Without a study: the accounts' chains and the installation's own.
-- lib/domain/audit/checkpoint.ts has the form that is hashed.

-- Which database this is: a file of checkpoints may outlive one, and hold those of the next.
CREATE TABLE installations (
  id       uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  made_at  timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);
INSERT INTO installations DEFAULT VALUES;

CREATE TABLE audit_checkpoints (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  study_id      integer REFERENCES studies (id),
  -- 1, 2, 3 … for each study, without gaps.
  number        integer NOT NULL CHECK (number > 0),
  at            timestamptz(3) NOT NULL,
  cause         text NOT NULL CHECK (cause IN ('signature', 'export', 'entry', 'import', 'start')),
  -- The heads that changed since the checkpoint before: a JSON line [chain, sequence, hash] for each.
  heads         text NOT NULL,
  previous_hash bytea NOT NULL CHECK (octet_length(previous_hash) = 32),
  hash          bytea NOT NULL CHECK (octet_length(hash) = 32),
  -- Ed25519 over the hash, and the raw public key.
  signature     bytea NOT NULL CHECK (octet_length(signature) = 64),
  public_key    bytea NOT NULL CHECK (octet_length(public_key) = 32),
  UNIQUE (study_id, number)
);
CREATE UNIQUE INDEX audit_checkpoints_installation_key ON audit_checkpoints (number) WHERE study_id IS NULL;

-- Two checkpoints of a study do not follow the same one. Who makes one holds its lock (hashtextextended).
CREATE FUNCTION doseline_check_checkpoint() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last record;
BEGIN
  SELECT number, hash INTO last FROM audit_checkpoints WHERE study_id IS NOT DISTINCT FROM NEW.study_id ORDER BY number DESC LIMIT 1;
  IF NEW.number <> coalesce(last.number, 0) + 1 OR NEW.previous_hash <> coalesce(last.hash, decode(repeat('00', 32), 'hex')) THEN
    RAISE EXCEPTION 'checkpoint % does not follow the latest one', NEW.number USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.at NOT BETWEEN transaction_timestamp() - interval '1 minute' AND clock_timestamp() THEN
    RAISE EXCEPTION 'the instant of a checkpoint is the clock of the database' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_checkpoint BEFORE INSERT ON audit_checkpoints FOR EACH ROW EXECUTE FUNCTION doseline_check_checkpoint();
ALTER TABLE audit_checkpoints ENABLE ALWAYS TRIGGER check_checkpoint;

DO $$
DECLARE
  kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY['audit_checkpoints', 'installations'] LOOP
    EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION doseline_refuse_change()', kept);
    EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION doseline_refuse_change()', kept);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER refuse_change', kept);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER refuse_truncate', kept);
  END LOOP;
END $$;

GRANT SELECT ON installations, audit_checkpoints TO doseline_app, doseline_auditor;
GRANT INSERT (study_id, number, at, cause, heads, previous_hash, hash, signature, public_key) ON audit_checkpoints TO doseline_app;
