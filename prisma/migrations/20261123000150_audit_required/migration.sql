-- What was there before the audit trail gets its events, by the system; from then on the database refuses at COMMIT what
-- was changed without one.

SELECT set_config('doseline.actor', '', true), set_config('doseline.roles', '', true),
  set_config('doseline.origin', 'system', true), set_config('doseline.address', '', true);

-- The same documents as the application writes: lib/server/db/entry-rows.ts, lib/server/kernel/{study,signed}-content.ts.

CREATE FUNCTION doseline_present(given jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(given) WHERE value <> 'null'
$$;

CREATE FUNCTION doseline_entry_document(e entries) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  detail jsonb := '{}';
  skin jsonb := '{}';
BEGIN
  CASE e.kind
    WHEN 'weight' THEN SELECT to_jsonb(d) INTO detail FROM body_weights d WHERE d.study_id = e.study_id AND d.entry_id = e.id;
    WHEN 'cbc' THEN SELECT to_jsonb(d) INTO detail FROM complete_blood_counts d WHERE d.study_id = e.study_id AND d.entry_id = e.id;
    WHEN 'lft' THEN SELECT to_jsonb(d) INTO detail FROM chemistries d WHERE d.study_id = e.study_id AND d.entry_id = e.id;
    WHEN 'observation' THEN SELECT to_jsonb(d) INTO detail FROM clinical_observations d WHERE d.study_id = e.study_id AND d.entry_id = e.id;
    WHEN 'dose' THEN SELECT to_jsonb(d) INTO detail FROM doses_given d WHERE d.study_id = e.study_id AND d.entry_id = e.id;
    WHEN 'order' THEN SELECT to_jsonb(d) INTO detail FROM orders d WHERE d.study_id = e.study_id AND d.entry_id = e.id;
    WHEN 'disposition' THEN SELECT to_jsonb(d) INTO detail FROM dispositions d WHERE d.study_id = e.study_id AND d.entry_id = e.id;
    ELSE NULL;
  END CASE;
  IF e.kind = 'observation' THEN
    skin := doseline_present(jsonb_build_object('exfoliation', detail -> 'exfoliation', 'bullae', detail -> 'bullae'));
    detail := detail || jsonb_build_object(
      'skin', CASE WHEN skin <> '{}' THEN skin END,
      'findings', CASE WHEN (detail ->> 'findings_given')::boolean THEN coalesce(
        (SELECT jsonb_agg(jsonb_build_object('term', f.term, 'grade', f.grade) ORDER BY f.position)
         FROM observation_findings f WHERE f.study_id = e.study_id AND f.entry_id = e.id), '[]') END,
      'signs', CASE WHEN (detail ->> 'signs_given')::boolean THEN coalesce(
        (SELECT jsonb_agg(doseline_present(jsonb_build_object('category', s.category, 'text', s.text, 'severity', s.severity)) ORDER BY s.position)
         FROM observation_signs s WHERE s.study_id = e.study_id AND s.entry_id = e.id), '[]') END);
  END IF;
  detail := (detail || jsonb_build_object('notDone', detail -> 'not_done'))
    - ARRAY['study_id', 'entry_id', 'not_done', 'exfoliation', 'bullae', 'findings_given', 'signs_given'];
  RETURN jsonb_build_object('id', e.id, 'animal', (SELECT tag FROM animals WHERE id = e.animal_id))
    || doseline_present(jsonb_build_object(
      'kind', CASE WHEN e.kind <> 'void' THEN e.kind END, 'corrects', e.corrects, 'voids', e.voids, 'reason', e.reason,
      'comment', e.comment, 'source', e.source, 'observedAt', e.observed_at_text, 'recordedBy', e.recorded_by_text,
      'reasonCode', e.reason_code, 'deviation', CASE WHEN e.deviation_reason IS NOT NULL THEN jsonb_build_object('reason', e.deviation_reason) END))
    || doseline_present(detail)
    || jsonb_build_object('recordedAt', coalesce(e.recorded_at_text, to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
    || coalesce(e.extra, '{}');
END $$;

INSERT INTO audit_events (chain, kind, subject, new_value)
  SELECT 'account:' || id, 'USER_CREATED', email, json_build_object('email', email, 'name', name, 'administrator', administrator,
    'auditor', auditor, 'everyStudyRoles', every_study_roles, 'disabled', disabled_at IS NOT NULL)
  FROM users WHERE NOT EXISTS (SELECT FROM audit_events WHERE chain = 'account:' || users.id) ORDER BY created_at, id;

INSERT INTO audit_events (chain, kind, study_id, subject, new_value)
  SELECT 'study:' || code, CASE WHEN imported THEN 'STUDY_IMPORTED' ELSE 'STUDY_CREATED' END, id, code,
    json_build_object('code', code, 'title', title, 'species', species, 'strain', strain, 'timeZone', time_zone,
      'status', status, 'imported', imported, 'extra', extra)
  FROM studies WHERE NOT EXISTS (SELECT FROM audit_events WHERE chain = 'study:' || studies.code) ORDER BY id;

INSERT INTO audit_events (chain, kind, study_id, subject, new_value)
  SELECT 'study:' || s.code, CASE p.status WHEN 'draft' THEN 'PROTOCOL_DRAFTED' WHEN 'signed' THEN 'PROTOCOL_SIGNED' ELSE 'PROTOCOL_IMPORTED' END,
    s.id, p.version::text,
    json_build_object('version', p.version, 'effectiveFrom', p.effective_from_text, 'settings', p.settings, 'groups',
      (SELECT coalesce(json_agg(json_build_object('code', g.code, 'label', g.label, 'control', g.control,
          'doseLevels', g.dose_levels::text[], 'startingDose', g.starting_dose::text) ORDER BY g.position, g.code), '[]')
       FROM dose_groups g WHERE g.study_id = s.id))
  FROM studies s JOIN protocol_versions p ON p.study_id = s.id
  WHERE NOT EXISTS (SELECT FROM audit_events a WHERE a.chain = 'study:' || s.code AND a.subject = p.version::text AND a.kind LIKE 'PROTOCOL\_%')
  ORDER BY s.id, p.version;

INSERT INTO audit_events (chain, kind, study_id, subject, new_value)
  SELECT 'study:' || s.code, 'MEMBERSHIP_CHANGED', s.id, u.email, json_agg(m.role ORDER BY m.role)
  FROM memberships m JOIN studies s ON s.id = m.study_id JOIN users u ON u.id = m.user_id
  WHERE NOT EXISTS (SELECT FROM audit_events a WHERE a.chain = 'study:' || s.code AND a.subject = u.email AND a.kind = 'MEMBERSHIP_CHANGED')
  GROUP BY s.id, s.code, u.email ORDER BY s.id, u.email;

INSERT INTO audit_events (chain, kind, study_id, animal_id, subject, new_value)
  SELECT concat('animal:', s.code, ':', a.id), CASE WHEN s.imported THEN 'ANIMAL_IMPORTED' ELSE 'ANIMAL_REGISTERED' END, s.id, a.id, a.tag,
    doseline_present(jsonb_build_object('id', a.tag, 'sex', a.sex, 'strain', a.strain, 'genotype', a.genotype,
      'birthDate', to_char(a.birth_date, 'YYYY-MM-DD'), 'room', a.room, 'cage', a.cage, 'group', a.group_code,
      'startingDose', a.starting_dose, 'control', nullif(a.control, false), 'doseLevels', a.dose_levels)) || coalesce(a.extra, '{}')
  FROM animals a JOIN studies s ON s.id = a.study_id
  WHERE NOT EXISTS (SELECT FROM audit_events e WHERE e.chain = concat('animal:', s.code, ':', a.id)) ORDER BY a.id;

INSERT INTO audit_events (chain, kind, study_id, animal_id, entry_id, subject, old_value, new_value, reason)
  SELECT concat('animal:', code, ':', animal_id),
    CASE WHEN recorded_by IS NULL THEN 'ENTRY_IMPORTED' WHEN kind = 'void' THEN 'ENTRY_VOIDED'
      WHEN corrects IS NOT NULL THEN 'ENTRY_CORRECTED' ELSE 'ENTRY_RECORDED' END,
    study_id, animal_id, id, tag, CASE WHEN recorded_by IS NOT NULL THEN before END, document,
    CASE WHEN recorded_by IS NOT NULL THEN reason END
  FROM (
    SELECT e.study_id, e.animal_id, e.id, e.kind, e.corrects, e.reason, e.recorded_by, e.log_number, a.tag, s.code, d.document,
      lag(d.document) OVER (PARTITION BY e.study_id, e.record_id ORDER BY e.log_number) AS before
    FROM entries e JOIN animals a ON a.id = e.animal_id JOIN studies s ON s.id = e.study_id,
      LATERAL (SELECT doseline_entry_document(e) AS document) d
    WHERE NOT EXISTS (SELECT FROM audit_events x WHERE x.study_id = e.study_id AND x.entry_id = e.id)
  ) entries_before
  ORDER BY animal_id, log_number;

DROP FUNCTION doseline_entry_document(entries);
DROP FUNCTION doseline_present(jsonb);

-- An entry has one event, and an event of an entry has its entry.
ALTER TABLE entries ADD CONSTRAINT entries_audit_fkey FOREIGN KEY (study_id, id)
  REFERENCES audit_events (study_id, entry_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE audit_events ADD CONSTRAINT audit_events_entry_fkey FOREIGN KEY (study_id, entry_id)
  REFERENCES entries (study_id, id) DEFERRABLE INITIALLY DEFERRED;

-- What else is recorded is refused at COMMIT where the last event of its chain is not of this transaction. Whoever wrote
-- that event holds the chain's lock until then.
CREATE FUNCTION doseline_require_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  changed jsonb := CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
  place text;
  made xid8;
BEGIN
  IF TG_TABLE_NAME = 'users' THEN
    place := 'account:' || (changed ->> 'id');
  ELSE
    SELECT CASE WHEN TG_TABLE_NAME = 'animals' THEN concat('animal:', code, ':', changed ->> 'id') ELSE 'study:' || code END INTO place
      FROM public.studies WHERE id = coalesce(changed ->> 'study_id', changed ->> 'id')::integer;
  END IF;
  SELECT created_in INTO made FROM public.audit_events WHERE chain = place ORDER BY sequence DESC LIMIT 1;
  IF made IS DISTINCT FROM pg_current_xact_id() THEN
    RAISE EXCEPTION '% of % without an event in the audit trail (%) is refused', TG_OP, TG_TABLE_NAME, place USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION doseline_require_audit() FROM PUBLIC;

DO $$
DECLARE
  recorded text;
BEGIN
  FOREACH recorded IN ARRAY ARRAY['users', 'studies', 'memberships', 'protocol_versions', 'dose_groups', 'animals'] LOOP
    EXECUTE format('CREATE CONSTRAINT TRIGGER require_audit AFTER INSERT OR DELETE ON %I DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION doseline_require_audit()', recorded);
    -- Wrong passwords are counted before anybody knows who types them.
    EXECUTE format('CREATE CONSTRAINT TRIGGER require_audit_of_update AFTER UPDATE ON %I DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW WHEN (%s) EXECUTE FUNCTION doseline_require_audit()', recorded,
      CASE WHEN recorded = 'users'
        THEN $when$(to_jsonb(OLD) - 'failed_attempts' - 'locked_until') IS DISTINCT FROM (to_jsonb(NEW) - 'failed_attempts' - 'locked_until')$when$
        ELSE 'OLD.* IS DISTINCT FROM NEW.*' END);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER require_audit', recorded);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER require_audit_of_update', recorded);
  END LOOP;
END $$;
