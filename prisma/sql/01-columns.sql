-- What of a column Prisma cannot say.

-- Codes and ids are compared by code points, wherever the database stands.
DO $$
DECLARE
  named record;
BEGIN
  FOR named IN SELECT * FROM (VALUES
    ('studies', 'code'), ('dose_groups', 'code'), ('animals', 'tag'), ('animals', 'group_code'), ('second_factors', 'key_id'),
    ('entries', 'id'), ('entries', 'record_id'), ('entries', 'corrects'), ('entries', 'voids'),
    ('body_weights', 'entry_id'), ('complete_blood_counts', 'entry_id'), ('chemistries', 'entry_id'),
    ('clinical_observations', 'entry_id'), ('observation_findings', 'entry_id'), ('observation_findings', 'term'),
    ('observation_signs', 'entry_id'), ('doses_given', 'entry_id'), ('orders', 'entry_id'), ('dispositions', 'entry_id'),
    ('decision_events', 'entry_id'), ('review_items', 'entry_id'), ('signatures', 'subject'), ('audit_events', 'chain'),
    ('audit_events', 'kind'), ('audit_events', 'entry_id'), ('audit_kinds', 'kind'), ('audit_reviews', 'exception')) AS c(tab, col)
  LOOP
    EXECUTE format('ALTER TABLE %I ALTER %I TYPE text COLLATE "C"', named.tab, named.col);
  END LOOP;
END $$;

-- A number that the database counts is set by nobody else.
DO $$
DECLARE
  counted record;
BEGIN
  FOR counted IN
    SELECT c.relname AS tab, a.attname AS col FROM pg_attrdef d
      JOIN pg_class c ON c.oid = d.adrelid AND c.relnamespace = 'public'::regnamespace
      JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
    WHERE pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%'
  LOOP
    EXECUTE format('ALTER TABLE %I ALTER %I DROP DEFAULT', counted.tab, counted.col);
    EXECUTE format('DROP SEQUENCE %I', concat(counted.tab, '_', counted.col, '_seq'));
    EXECUTE format('ALTER TABLE %I ALTER %I ADD GENERATED ALWAYS AS IDENTITY', counted.tab, counted.col);
  END LOOP;
END $$;

-- A list is there, if empty; only an animal may be without a ladder of its own.
ALTER TABLE users ALTER every_study_roles SET NOT NULL;
ALTER TABLE dose_groups ALTER dose_levels SET NOT NULL;
ALTER TABLE decision_runs ALTER open_toxicities SET NOT NULL;
ALTER TABLE decision_events ALTER rules SET NOT NULL;
ALTER TABLE animal_states ALTER open_toxicities SET NOT NULL;
ALTER TABLE audit_kinds ALTER chains SET NOT NULL;

-- The states are updated with every entry. With room left in the page an update stays there and touches no index, and a
-- state with its summary, some kilobytes of JSON, is neither compressed nor moved aside.
ALTER TABLE animal_states SET (fillfactor = 40, toast_tuple_target = 8160);
