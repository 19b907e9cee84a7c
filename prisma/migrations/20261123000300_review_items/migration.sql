-- What a director looks at again, and what changed of an animal's own record.

-- A correction, a void or a late entry that changed decisions: what stood and what stands, as it was when it was recorded.
-- Made in the transaction of its run; closed by a signature over it. Nothing of it is ever changed.
CREATE TABLE review_items (
  id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  study_id    integer NOT NULL,
  animal_id   integer NOT NULL,
  -- The run that changed the history.
  recorded_at timestamptz(3) NOT NULL,
  -- The entry it was changed by; of several of one run the first.
  entry_id    text COLLATE "C" NOT NULL,
  cause       text NOT NULL CHECK (cause IN ('correction', 'void', 'late')),
  -- {from, then: [event …], now: [event …], doses: [dose given meanwhile …]}
  impact      json NOT NULL CHECK (json_typeof(impact) = 'object'),
  stored_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (animal_id, recorded_at),
  FOREIGN KEY (study_id, animal_id) REFERENCES animals (study_id, id),
  FOREIGN KEY (animal_id, recorded_at) REFERENCES decision_runs (animal_id, recorded_at),
  FOREIGN KEY (study_id, entry_id) REFERENCES entries (study_id, id)
);
CREATE INDEX review_items_study_idx ON review_items (study_id, recorded_at);

-- A change of an animal's own record: sex, birth date, group before the first dose, room, cage, strain, genotype, a
-- mistyped tag. `before` and `after` hold the columns that it changes, and nothing else.
CREATE TABLE animal_changes (
  -- Made by the client: sent twice, it is one change.
  id           uuid PRIMARY KEY,
  number       bigint GENERATED ALWAYS AS IDENTITY,
  study_id     integer NOT NULL,
  animal_id    integer NOT NULL,
  changed_at   timestamptz(3) NOT NULL DEFAULT date_trunc('milliseconds', clock_timestamp()),
  changed_by   uuid NOT NULL REFERENCES users (id),
  reason       text NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
  before       jsonb NOT NULL CHECK (jsonb_typeof(before) = 'object'),
  after        jsonb NOT NULL CHECK (jsonb_typeof(after) = 'object'),
  -- SHA-256 of the request in canonical form: the same id with other content is a conflict.
  content_hash bytea NOT NULL CHECK (octet_length(content_hash) = 32),
  created_in   xid8 NOT NULL DEFAULT pg_current_xact_id(),
  FOREIGN KEY (study_id, animal_id) REFERENCES animals (study_id, id)
);
CREATE INDEX animal_changes_animal_idx ON animal_changes (animal_id, number);
-- Where an animal is looked for by a tag that it no longer has.
CREATE INDEX animal_changes_former_tag_idx ON animal_changes (study_id, (before ->> 'tag')) WHERE before ? 'tag';

DO $$
DECLARE
  kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY['review_items', 'animal_changes'] LOOP
    EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION doseline_refuse_change()', kept);
    EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION doseline_refuse_change()', kept);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER refuse_change', kept);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER refuse_truncate', kept);
  END LOOP;
END $$;

-- An animal keeps its study, and from its first dose on its group, starting dose, control and ladder. Everything else of
-- its record changes only by a row of animal_changes of the same transaction that says from what, to what and why.
CREATE OR REPLACE FUNCTION doseline_refuse_animal_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was jsonb := to_jsonb(OLD);
  becomes jsonb := to_jsonb(NEW);
  changed text[];
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'animals stay in their study: DELETE is refused' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.study_id <> OLD.study_id OR NEW.id <> OLD.id THEN
    RAISE EXCEPTION 'an animal keeps its study' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.dosing_fixed AND (NEW.dosing_fixed, NEW.starting_dose, NEW.control, NEW.dose_levels, NEW.group_code)
     IS DISTINCT FROM (OLD.dosing_fixed, OLD.starting_dose, OLD.control, OLD.dose_levels, OLD.group_code) THEN
    RAISE EXCEPTION 'animal % has been dosed: its group, starting dose, control and dose levels stay', OLD.tag USING ERRCODE = 'restrict_violation';
  END IF;
  changed := ARRAY(
    SELECT field FROM unnest(ARRAY['tag', 'sex', 'strain', 'genotype', 'birth_date', 'room', 'cage', 'group_code']) AS field
    WHERE was -> field IS DISTINCT FROM becomes -> field);
  IF cardinality(changed) > 0 AND NOT EXISTS (
    SELECT FROM animal_changes c
    WHERE c.animal_id = OLD.id AND c.created_in = pg_current_xact_id() AND NOT EXISTS (
      SELECT FROM unnest(changed) AS field
      WHERE c.before -> field IS DISTINCT FROM was -> field OR c.after -> field IS DISTINCT FROM becomes -> field)
  ) THEN
    RAISE EXCEPTION 'the % of animal % changes only with a reason, kept beside its old value', array_to_string(changed, ', '), OLD.tag
      USING ERRCODE = 'restrict_violation';
  END IF;
  -- What a bundle said of a field otherwise than its column holds it goes when the field changes, and at no other time.
  IF NEW.extra IS DISTINCT FROM OLD.extra AND NEW.extra IS DISTINCT FROM OLD.extra - ARRAY(
    SELECT CASE field WHEN 'tag' THEN 'id' WHEN 'birth_date' THEN 'birthDate' WHEN 'group_code' THEN 'group' ELSE field END
    FROM unnest(changed) AS field)
  THEN
    RAISE EXCEPTION 'what was imported of animal % stays', OLD.tag USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

GRANT SELECT ON review_items, animal_changes TO doseline_app, doseline_auditor;
GRANT INSERT (study_id, animal_id, recorded_at, entry_id, cause, impact) ON review_items TO doseline_app;
GRANT INSERT (id, study_id, animal_id, changed_by, reason, before, after, content_hash) ON animal_changes TO doseline_app;
GRANT UPDATE (tag, extra) ON animals TO doseline_app;
