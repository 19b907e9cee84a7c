-- The application's login is a member of doseline_app, owns nothing, and may insert only the columns it may set. Who audits
-- reads everything but what opens an account; logins in doseline_auditor are the administrator's to give. A cluster has
-- these roles once, whoever made them.
DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['doseline_app', 'doseline_auditor'] LOOP
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
      END IF;
    EXCEPTION
      WHEN duplicate_object OR unique_violation THEN
        NULL;
      WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'the role % is missing and this login may not make it: ask the database administrator for CREATE ROLE % NOLOGIN', wanted, wanted;
    END;
  END LOOP;
END $$;

GRANT USAGE ON SCHEMA public TO doseline_app, doseline_auditor;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO doseline_app;
GRANT SELECT ON studies, memberships, study_roles, protocol_versions, dose_groups, animals, animal_states, animal_changes, entries,
  body_weights, complete_blood_counts, chemistries, clinical_observations, observation_findings, observation_signs, doses_given,
  orders, dispositions, decision_runs, decision_events, decision_event_closures, decision_run_periods, decision_event_periods,
  review_items, signatures, audit_events, audit_kinds, audit_reviews, audit_checkpoints, installations TO doseline_auditor;
GRANT SELECT (id, email, name, administrator, auditor, every_study_roles, disabled_at, failed_attempts, locked_until, created_at) ON users TO doseline_auditor;

GRANT INSERT, UPDATE ON users, sessions, api_tokens TO doseline_app;
GRANT DELETE ON sessions, second_factors TO doseline_app;
GRANT INSERT (user_id, sealed, key_id), UPDATE (sealed, key_id, set_at, last_step, recovery_salt) ON second_factors TO doseline_app;
GRANT INSERT (user_id, code_hash), UPDATE (used_at) ON recovery_codes TO doseline_app;

GRANT INSERT, UPDATE, DELETE ON memberships, protocol_versions, dose_groups TO doseline_app;
GRANT INSERT (code, title, species, strain, time_zone, status, imported, extra, created_by), UPDATE (title, strain, status) ON studies TO doseline_app;
GRANT INSERT (study_id, tag, sex, strain, genotype, birth_date, room, cage, group_code, dosing_fixed, starting_dose, control, dose_levels, extra, created_by),
  UPDATE (tag, sex, strain, genotype, birth_date, room, cage, group_code, dosing_fixed, starting_dose, control, dose_levels, extra) ON animals TO doseline_app;
GRANT INSERT (id, study_id, animal_id, changed_by, reason, before, after, content_hash) ON animal_changes TO doseline_app;
GRANT UPDATE (run_number, last_recorded_at, rules_revision, state, status, dose, open_toxicities, summary) ON animal_states TO doseline_app;

GRANT INSERT (study_id, id, animal_id, kind, observed_at, observed_at_text, recorded_at, recorded_at_text, recorded_by, recorded_by_text, record_id, corrects, voids, reason_code, reason, deviation_reason, comment, source, extra, content_hash, answer) ON entries TO doseline_app;
GRANT INSERT ON body_weights, complete_blood_counts, chemistries, clinical_observations, observation_findings, observation_signs,
  doses_given, orders, dispositions, decision_events, decision_event_closures TO doseline_app;
GRANT INSERT (study_id, animal_id, recorded_at, run_number, judged, status, dose, open_toxicities, protocol_version, engine_version) ON decision_runs TO doseline_app;
GRANT INSERT (id, study_id, animal_id, recorded_at, entry_id, cause, impact) ON review_items TO doseline_app;

GRANT INSERT (id, study_id, signer, meaning, subject_kind, subject, content, list) ON signatures TO doseline_app;
GRANT INSERT ON audit_reviews TO doseline_app;
GRANT INSERT (chain, kind, study_id, animal_id, entry_id, subject, old_value, new_value, reason) ON audit_events TO doseline_app;
GRANT INSERT (study_id, number, at, cause, heads, previous_hash, hash, signature, public_key) ON audit_checkpoints TO doseline_app;
GRANT EXECUTE ON FUNCTION doseline_analyze_studies() TO doseline_app;
