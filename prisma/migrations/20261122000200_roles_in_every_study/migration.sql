-- A small laboratory's technicians and directors work in every study, as its auditors audit every one. Such a role stands
-- on the account; a membership gives a role in one study. Who asks what somebody is in a study asks the view.
ALTER TABLE users
  ADD COLUMN every_study_roles text[] NOT NULL DEFAULT '{}',
  ADD CONSTRAINT users_every_study_roles_check CHECK (every_study_roles <@ ARRAY['technician', 'study_director']),
  ADD CONSTRAINT users_technician_or_auditor_check CHECK (NOT (auditor AND 'technician' = ANY (every_study_roles)));

CREATE VIEW study_roles AS
  SELECT study_id, user_id, role FROM memberships
  UNION
  SELECT studies.id, users.id, role
  FROM studies CROSS JOIN users CROSS JOIN LATERAL unnest(users.every_study_roles) AS role;

GRANT SELECT ON study_roles TO doseline_app;
