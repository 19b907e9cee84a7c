-- What is read in one way wherever it is read.

-- Who asks what somebody is in a study asks this view: a membership gives a role in one study, the account in every one.
CREATE VIEW study_roles AS
  SELECT study_id, user_id, role FROM memberships
  UNION
  SELECT studies.id, users.id, role
  FROM studies CROSS JOIN users CROSS JOIN LATERAL unnest(users.every_study_roles) AS role;

CREATE VIEW decision_run_periods AS
  SELECT runs.*, lead(runs.recorded_at) OVER (PARTITION BY runs.study_id, runs.animal_id ORDER BY runs.recorded_at) AS until
  FROM decision_runs runs;

CREATE VIEW decision_event_periods AS
  SELECT events.*, closures.closed_at AS until
  FROM decision_events events
  LEFT JOIN decision_event_closures closures
    ON closures.study_id = events.study_id
   AND closures.animal_id = events.animal_id
   AND closures.event_recorded_at = events.recorded_at
   AND closures.event_position = events.position;

-- From when on an animal is known: since it was registered; of an imported one always, for its log begins before the import.
CREATE FUNCTION animal_known_from(of_animal animals) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN EXISTS (
      SELECT FROM audit_events e JOIN studies s ON s.id = of_animal.study_id
      WHERE e.chain = concat('animal:', s.code, ':', of_animal.id) AND e.sequence = 1 AND e.kind = 'ANIMAL_IMPORTED')
    THEN '-infinity' ELSE of_animal.created_at END
$$;

-- The animals of a study by their own records as they were known at an instant (null: now): each value that was changed later
-- is the one that the first of the later changes took the place of, and who was registered later is not there. A group
-- changes only before the first dose: until then its dosing is its group's.
CREATE FUNCTION animals_as_known(of_study integer, known_at timestamptz) RETURNS SETOF animals LANGUAGE sql STABLE AS $$
  SELECT known.* FROM animals a
    LEFT JOIN LATERAL (
      SELECT jsonb_object_agg(was.key, was.value ORDER BY c.number DESC) AS earlier
      FROM animal_changes c, jsonb_each(c.before) was
      WHERE c.study_id = a.study_id AND c.animal_id = a.id AND c.changed_at > known_at
    ) changed ON true,
    LATERAL jsonb_populate_record(a, coalesce(changed.earlier, '{}')
      || CASE WHEN changed.earlier ? 'group_code'
         THEN '{"dosing_fixed": false, "starting_dose": null, "control": null, "dose_levels": null}' ELSE '{}' END::jsonb) known
  WHERE a.study_id = of_study AND (known_at IS NULL OR animal_known_from(a) <= known_at)
$$;

-- Of each record of a study the version that stands, as known at an instant (null: now), as lib/domain/record has it: the
-- latest recorded; of several at that instant, of those that none of them corrects, the one with the highest id by code
-- points. A record of which any version was voided has none. Each entry is looked at by its record's keys, so that whoever
-- reads a few of them pays for a few.
CREATE FUNCTION standing_versions(of_study integer, known_at timestamptz) RETURNS SETOF entries LANGUAGE sql STABLE AS $$
  SELECT e.* FROM entries e
  WHERE e.study_id = of_study AND e.kind <> 'void' AND (known_at IS NULL OR e.recorded_at <= known_at)
    AND NOT EXISTS (
      SELECT FROM entries other
      WHERE other.study_id = e.study_id AND other.record_id = e.record_id AND other.id <> e.id
        AND (known_at IS NULL OR other.recorded_at <= known_at)
        AND (other.kind = 'void' OR other.recorded_at > e.recorded_at OR other.recorded_at = e.recorded_at
          AND (other.corrects = e.id OR other.id > e.id AND NOT EXISTS (
            SELECT FROM entries third
            WHERE third.study_id = other.study_id AND third.corrects = other.id AND third.recorded_at = other.recorded_at))))
$$;
