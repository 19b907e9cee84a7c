-- What a row of itself must be.

ALTER TABLE users
  ADD CHECK (length(email) BETWEEN 3 AND 254),
  ADD CHECK (length(name) BETWEEN 1 AND 200),
  ADD CHECK (every_study_roles <@ ARRAY['technician', 'study_director']),
  ADD CONSTRAINT users_technician_or_auditor_check CHECK (NOT (auditor AND 'technician' = ANY (every_study_roles)));
ALTER TABLE api_tokens ADD CHECK (octet_length(token_hash) = 32);
ALTER TABLE second_factors
  ADD CHECK (octet_length(sealed) BETWEEN 44 AND 128),
  ADD CHECK (key_id ~ '^[0-9a-f]{16}$'),
  ADD CHECK (octet_length(recovery_salt) = 16),
  ADD CONSTRAINT second_factors_check CHECK ((set_at IS NULL) = (recovery_salt IS NULL));
ALTER TABLE recovery_codes ADD CHECK (octet_length(code_hash) = 32);

ALTER TABLE studies
  ADD CHECK (length(code) BETWEEN 1 AND 64),
  ADD CHECK (status IN ('draft', 'active', 'locked', 'archived'));
ALTER TABLE memberships ADD CHECK (role IN ('technician', 'study_director', 'auditor'));
ALTER TABLE protocol_versions
  ADD CHECK (version >= 0),
  ADD CHECK (status IN ('draft', 'signed', 'imported')),
  ADD CHECK (jsonb_typeof(settings) = 'object'),
  ADD CONSTRAINT protocol_versions_check CHECK ((effective_from IS NULL) = (effective_from_text IS NULL)),
  ADD CONSTRAINT protocol_versions_check1 CHECK (status <> 'signed' OR (signed_by IS NOT NULL AND signed_at IS NOT NULL AND signed_meaning IS NOT NULL AND password_verified_at IS NOT NULL)),
  -- An amendment never judges again what has been judged.
  ADD CONSTRAINT protocol_versions_check2 CHECK (status <> 'signed' OR effective_from IS NULL OR effective_from >= signed_at);
ALTER TABLE dose_groups
  ADD CHECK (length(code) BETWEEN 1 AND 64),
  ADD CHECK (starting_dose >= 0),
  ADD CONSTRAINT dose_groups_check CHECK (NOT control OR starting_dose IS NULL OR starting_dose = 0);
ALTER TABLE animals
  ADD CHECK (length(tag) BETWEEN 1 AND 64),
  ADD CHECK (starting_dose >= 0),
  ADD CONSTRAINT animals_check CHECK (dosing_fixed = (starting_dose IS NOT NULL) AND dosing_fixed = (control IS NOT NULL)),
  ADD CONSTRAINT animals_check1 CHECK (dosing_fixed OR dose_levels IS NULL);
ALTER TABLE animal_changes
  ADD CHECK (length(reason) BETWEEN 1 AND 1000),
  ADD CHECK (jsonb_typeof(before) = 'object'),
  ADD CHECK (jsonb_typeof(after) = 'object'),
  ADD CHECK (octet_length(content_hash) = 32);

ALTER TABLE entries
  ADD CHECK (length(id) BETWEEN 1 AND 64),
  ADD CHECK (kind IN ('weight', 'cbc', 'lft', 'observation', 'dose', 'order', 'disposition', 'void')),
  ADD CHECK (octet_length(content_hash) = 32),
  ADD CONSTRAINT entries_check CHECK ((kind = 'void') = (voids IS NOT NULL)),
  ADD CONSTRAINT entries_check1 CHECK ((kind = 'void') = (observed_at IS NULL)),
  ADD CONSTRAINT entries_check2 CHECK ((observed_at IS NULL) = (observed_at_text IS NULL)),
  ADD CONSTRAINT entries_check3 CHECK (observed_at <= recorded_at),
  ADD CONSTRAINT entries_check4 CHECK (corrects <> id AND voids <> id),
  ADD CONSTRAINT entries_check5 CHECK (kind NOT IN ('order', 'void') AND corrects IS NULL OR reason IS NOT NULL),
  ADD CONSTRAINT entries_check6 CHECK (kind <> 'void' OR corrects IS NULL);
ALTER TABLE body_weights ADD CHECK (grams > 0);
ALTER TABLE complete_blood_counts
  ADD CHECK (neutrophils >= 0), ADD CHECK (platelets >= 0), ADD CHECK (wbc >= 0), ADD CHECK (lymphocytes >= 0), ADD CHECK (hemoglobin >= 0);
ALTER TABLE chemistries
  ADD CHECK (alt >= 0), ADD CHECK (ast >= 0), ADD CHECK (bilirubin >= 0), ADD CHECK (alp >= 0), ADD CHECK (ggt >= 0);
ALTER TABLE clinical_observations ADD CHECK (temperature >= 0);
ALTER TABLE observation_findings ADD CHECK (position >= 0), ADD CHECK (grade BETWEEN 0 AND 5);
ALTER TABLE observation_signs ADD CHECK (position >= 0);
ALTER TABLE doses_given ADD CHECK (amount >= 0), ADD CHECK (jsonb_typeof(volume) = 'object');
ALTER TABLE orders
  ADD CHECK (action IN ('WITHHOLD', 'RESUME', 'SET_DOSE', 'DISCONTINUE')),
  ADD CHECK (dose >= 0),
  ADD CONSTRAINT orders_check CHECK (action NOT IN ('RESUME', 'SET_DOSE') OR dose IS NOT NULL);
ALTER TABLE dispositions ADD CHECK (outcome IN ('DIED', 'EUTHANIZED', 'REMOVED'));
DO $$
DECLARE
  measured text;
BEGIN
  FOREACH measured IN ARRAY ARRAY['body_weights', 'complete_blood_counts', 'chemistries', 'clinical_observations', 'doses_given'] LOOP
    EXECUTE format($sql$ALTER TABLE %I ADD CHECK (jsonb_typeof(qualifiers) = 'object'), ADD CHECK (jsonb_typeof(reported) = 'object'),
      ADD CHECK (jsonb_typeof(not_done) = 'object')$sql$, measured);
  END LOOP;
END $$;

ALTER TABLE decision_runs
  ADD CHECK (run_number > 0),
  ADD CHECK (judged IN ('continued', 'replayed', 'unjudged')),
  ADD CHECK (status IN ('NOT_STARTED', 'ON_DOSE', 'WITHHELD', 'DISCONTINUED', 'OFF_STUDY')),
  ADD CHECK (dose >= 0);
ALTER TABLE decision_events
  ADD CHECK (position >= 0),
  ADD CHECK (action IN ('START', 'WITHHOLD', 'REMAIN_WITHHELD', 'RESUME', 'RESUME_PROPOSED', 'SET_DOSE', 'DISCONTINUE', 'OFF_STUDY')),
  ADD CHECK (cardinality(rules) > 0),
  ADD CHECK (from_dose >= 0),
  ADD CHECK (to_dose >= 0),
  ADD CHECK (jsonb_typeof(toxicities) = 'array'),
  ADD CHECK (jsonb_typeof(explanation) = 'object');
ALTER TABLE decision_event_closures ADD CONSTRAINT decision_event_closures_check CHECK (closed_at > event_recorded_at);
ALTER TABLE animal_states
  ADD CHECK (status IN ('NOT_STARTED', 'ON_DOSE', 'WITHHELD', 'DISCONTINUED', 'OFF_STUDY')),
  ADD CHECK (dose >= 0);
ALTER TABLE review_items ADD CHECK (cause IN ('correction', 'void', 'late')), ADD CHECK (json_typeof(impact) = 'object');

ALTER TABLE signatures
  ADD CHECK (meaning IN ('APPROVED', 'ORDERED', 'CONFIRMED', 'DECIDED_AGAINST_RULES', 'ACCEPTED', 'FOLLOW_UP', 'REVIEWED', 'DATA_COMPLETE', 'REOPENED', 'ARCHIVED')),
  ADD CHECK (subject_kind IN ('protocol', 'amendment', 'order', 'override', 'deviation', 'review', 'lock', 'unlock', 'archive', 'audit_review')),
  ADD CHECK (length(subject) BETWEEN 1 AND 200),
  ADD CHECK (octet_length(content_hash) = 32);
ALTER TABLE audit_events
  ADD CHECK (sequence > 0),
  ADD CHECK (kind ~ '^[A-Z][A-Z_]{2,63}$'),
  ADD CHECK (origin IN ('session', 'token', 'console', 'import', 'system')),
  ADD CHECK (octet_length(previous_hash) = 32),
  ADD CHECK (octet_length(hash) = 32),
  ADD CONSTRAINT audit_events_check CHECK (animal_id IS NULL OR study_id IS NOT NULL),
  ADD CONSTRAINT audit_events_check1 CHECK (entry_id IS NULL OR animal_id IS NOT NULL);
ALTER TABLE audit_kinds
  ADD CHECK (kind ~ '^[A-Z][A-Z_]{2,63}$'),
  ADD CONSTRAINT audit_kinds_chains_check CHECK (cardinality(chains) > 0 AND chains <@ ARRAY['animal', 'study', 'account', 'installation']);
ALTER TABLE audit_reviews ADD CHECK (length(exception) BETWEEN 1 AND 200);
ALTER TABLE audit_checkpoints
  ADD CONSTRAINT audit_checkpoints_scope_check CHECK (scope = coalesce(study_id, 0)),
  ADD CHECK (number > 0),
  ADD CHECK (cause IN ('signature', 'export', 'entry', 'import', 'start')),
  ADD CHECK (octet_length(previous_hash) = 32),
  ADD CHECK (octet_length(hash) = 32),
  ADD CHECK (octet_length(signature) = 64),
  ADD CHECK (octet_length(public_key) = 32);
