-- The record: who works here, the studies, the entry log and the decisions that follow from it.
-- Written by hand and kept equal to schema.prisma (lib/server/db/schema.integration.test.ts compares them).
-- What must never change is refused by triggers declared ENABLE ALWAYS, and by the grants at the end: the
-- application's login is a member of doseline_app, owns nothing, and may insert only the columns it may set.

-- Accounts ------------------------------------------------------------------------------------------------------

CREATE TABLE users (
  id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  email         text NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
  name          text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  -- argon2id, in its own text form; null for an account that cannot sign in with a password.
  password_hash text,
  administrator boolean NOT NULL DEFAULT false,
  -- Sees every study, unless memberships of the role auditor limit it to those.
  auditor       boolean NOT NULL DEFAULT false,
  disabled_at   timestamptz(3),
  -- Wrong passwords in a row, at sign-in or at a signature; after too many the account is locked for a while.
  failed_attempts integer NOT NULL DEFAULT 0,
  locked_until  timestamptz(3),
  -- Raised whenever what the account may do changes; a session of an older epoch is over.
  session_epoch integer NOT NULL DEFAULT 0,
  created_at    timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);
CREATE UNIQUE INDEX users_email_key ON users (lower(email));

CREATE TABLE sessions (
  id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id       uuid NOT NULL REFERENCES users (id),
  session_epoch integer NOT NULL,
  created_at    timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  last_seen_at  timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  expires_at    timestamptz(3) NOT NULL,
  revoked_at    timestamptz(3),
  user_agent    text
);
CREATE INDEX sessions_user_id_idx ON sessions (user_id);

CREATE TABLE api_tokens (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id      uuid NOT NULL REFERENCES users (id),
  label        text NOT NULL DEFAULT '',
  -- SHA-256 of the token; the token itself is shown once and kept nowhere.
  token_hash   bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
  created_at   timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  expires_at   timestamptz(3) NOT NULL,
  last_used_at timestamptz(3),
  revoked_at   timestamptz(3)
);
CREATE INDEX api_tokens_user_id_idx ON api_tokens (user_id);

-- Studies, their rules, their animals ---------------------------------------------------------------------------

CREATE TABLE studies (
  id              integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code            text COLLATE "C" NOT NULL UNIQUE CHECK (length(code) BETWEEN 1 AND 64),
  title           text NOT NULL DEFAULT '',
  species         text NOT NULL,
  strain          text NOT NULL DEFAULT '',
  time_zone       text NOT NULL,
  status          text NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'active')),
  -- Made from a dose-history/1 bundle.
  imported        boolean NOT NULL DEFAULT false,
  -- What the bundle said beside the columns: {"bundle": {…}, "study": {…}}; its export says it again.
  extra           jsonb,
  -- Counts the changes of the rules that entries are judged by; the animals' states carry the count they were made at.
  rules_revision  integer NOT NULL DEFAULT 0,
  -- Only the transaction that made a study may say when its entries were recorded.
  created_in      xid8 NOT NULL DEFAULT pg_current_xact_id(),
  created_by      uuid REFERENCES users (id),
  created_at      timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE memberships (
  study_id   integer NOT NULL REFERENCES studies (id),
  user_id    uuid NOT NULL REFERENCES users (id),
  role       text NOT NULL CHECK (role IN ('technician', 'study_director', 'auditor')),
  created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  -- A person may hold several roles in a study; technician and auditor exclude each other (lib/domain/access).
  PRIMARY KEY (study_id, user_id, role)
);
CREATE INDEX memberships_user_id_idx ON memberships (user_id);

CREATE TABLE protocol_versions (
  study_id             integer NOT NULL REFERENCES studies (id),
  version              integer NOT NULL CHECK (version >= 0),
  status               text NOT NULL CHECK (status IN ('draft', 'signed', 'imported')),
  -- The protocol as in dose-history/1, whole, with the keys that nobody knows.
  settings             jsonb NOT NULL CHECK (jsonb_typeof(settings) = 'object'),
  -- Null: from the beginning.
  effective_from       timestamptz(3),
  effective_from_text  text,
  drafted_by           uuid REFERENCES users (id),
  drafted_at           timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  signed_by            uuid REFERENCES users (id),
  signed_at            timestamptz(3),
  -- What the signature stands for, and when its password was checked.
  signed_meaning       text,
  password_verified_at timestamptz(3),
  PRIMARY KEY (study_id, version),
  CHECK ((effective_from IS NULL) = (effective_from_text IS NULL)),
  CHECK (status <> 'signed' OR (signed_by IS NOT NULL AND signed_at IS NOT NULL AND signed_meaning IS NOT NULL AND password_verified_at IS NOT NULL)),
  -- An amendment never judges again what has been judged.
  CHECK (status <> 'signed' OR effective_from IS NULL OR effective_from >= signed_at)
);
CREATE UNIQUE INDEX protocol_versions_draft_key ON protocol_versions (study_id) WHERE status = 'draft';

CREATE TABLE dose_groups (
  study_id      integer NOT NULL REFERENCES studies (id),
  code          text COLLATE "C" NOT NULL CHECK (length(code) BETWEEN 1 AND 64),
  label         text NOT NULL DEFAULT '',
  control       boolean NOT NULL,
  -- In the protocol's dose unit, from high to low; empty: the protocol's levels.
  dose_levels   numeric[] NOT NULL DEFAULT '{}',
  -- Null only in an imported study whose animals of this group started differently.
  starting_dose numeric CHECK (starting_dose >= 0),
  position      integer NOT NULL DEFAULT 0,
  PRIMARY KEY (study_id, code),
  CHECK (NOT control OR starting_dose IS NULL OR starting_dose = 0)
);

CREATE TABLE animals (
  id            integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  study_id      integer NOT NULL REFERENCES studies (id),
  tag           text COLLATE "C" NOT NULL CHECK (length(tag) BETWEEN 1 AND 64),
  sex           text,
  strain        text,
  genotype      text,
  birth_date    date,
  room          text,
  cage          text,
  group_code    text COLLATE "C",
  -- The animal's own, fixed at its first dose entry or by an import; until then its group's stand.
  dosing_fixed  boolean NOT NULL DEFAULT false,
  starting_dose numeric CHECK (starting_dose >= 0),
  control       boolean,
  -- Null: the protocol's.
  dose_levels   numeric[],
  extra         jsonb,
  created_by    uuid REFERENCES users (id),
  created_at    timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (study_id, tag),
  UNIQUE (study_id, id),
  FOREIGN KEY (study_id, group_code) REFERENCES dose_groups (study_id, code),
  CHECK (dosing_fixed = (starting_dose IS NOT NULL) AND dosing_fixed = (control IS NOT NULL)),
  CHECK (dosing_fixed OR dose_levels IS NULL)
);

-- The decisions: one run for all the entries of one animal that became known at one instant ---------------------

CREATE TABLE decision_runs (
  study_id         integer NOT NULL,
  animal_id        integer NOT NULL,
  -- The known-at axis: the database's clock, strictly rising for an animal.
  recorded_at      timestamptz(3) NOT NULL,
  run_number       integer NOT NULL CHECK (run_number > 0),
  stored_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- "continued": one step from the state; "replayed": the whole log again; "unjudged": the study had no protocol yet.
  judged           text NOT NULL CHECK (judged IN ('continued', 'replayed', 'unjudged')),
  status           text NOT NULL CHECK (status IN ('NOT_STARTED', 'ON_DOSE', 'WITHHELD', 'DISCONTINUED', 'OFF_STUDY')),
  dose             numeric NOT NULL CHECK (dose >= 0),
  open_toxicities  text[] NOT NULL,
  -- The newest protocol version among those that judged.
  protocol_version integer,
  engine_version   text NOT NULL,
  PRIMARY KEY (animal_id, recorded_at),
  UNIQUE (animal_id, run_number),
  FOREIGN KEY (study_id, animal_id) REFERENCES animals (study_id, id)
);

-- The log --------------------------------------------------------------------------------------------------------

CREATE TABLE entries (
  study_id         integer NOT NULL,
  id               text COLLATE "C" NOT NULL CHECK (length(id) BETWEEN 1 AND 64),
  -- The order of the log, of an imported one the order of its bundle.
  log_number       bigint GENERATED ALWAYS AS IDENTITY,
  animal_id        integer NOT NULL,
  kind             text NOT NULL CHECK (kind IN ('weight', 'cbc', 'lft', 'observation', 'dose', 'order', 'disposition', 'void')),
  -- When it happened, and as it was written, with its offset.
  observed_at      timestamptz(3),
  observed_at_text text,
  recorded_at      timestamptz(3) NOT NULL,
  -- As an imported bundle wrote it; null: the database's clock.
  recorded_at_text text,
  stored_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Null for an imported entry; then the text is the bundle's.
  recorded_by      uuid REFERENCES users (id),
  recorded_by_text text,
  -- The original of the record that this entry is a version or a void of; its own id for an original.
  record_id        text COLLATE "C" NOT NULL,
  corrects         text COLLATE "C",
  voids            text COLLATE "C",
  reason_code      text,
  reason           text,
  deviation_reason text,
  comment          text,
  source           text,
  -- What the document holds beside the columns, exactly; it stands before them when the document is written again.
  extra            jsonb,
  -- SHA-256 of the document as sent, in canonical form: the same id with other content is a conflict.
  content_hash     bytea NOT NULL CHECK (octet_length(content_hash) = 32),
  -- What was answered when it was recorded; null for an imported entry, which nobody waited for.
  answer           json,
  PRIMARY KEY (study_id, id),
  FOREIGN KEY (study_id, animal_id) REFERENCES animals (study_id, id),
  FOREIGN KEY (study_id, record_id) REFERENCES entries (study_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (study_id, corrects) REFERENCES entries (study_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (study_id, voids) REFERENCES entries (study_id, id) DEFERRABLE INITIALLY DEFERRED,
  -- COMMIT refuses an entry that no run has judged.
  CONSTRAINT entries_run_fkey FOREIGN KEY (animal_id, recorded_at) REFERENCES decision_runs (animal_id, recorded_at) DEFERRABLE INITIALLY DEFERRED,
  CHECK ((kind = 'void') = (voids IS NOT NULL)),
  CHECK ((kind = 'void') = (observed_at IS NULL)),
  CHECK ((observed_at IS NULL) = (observed_at_text IS NULL)),
  CHECK (observed_at <= recorded_at),
  CHECK (corrects <> id AND voids <> id),
  CHECK (kind NOT IN ('order', 'void') AND corrects IS NULL OR reason IS NOT NULL),
  CHECK (kind <> 'void' OR corrects IS NULL)
);
CREATE INDEX entries_animal_idx ON entries (animal_id, log_number);

-- Beside each measured value: `reported` (field → what was typed, its unit, a first reading), `qualifiers`
-- (field → < or >) and `not_done` (field → why there is no value). The value itself is canonical and exact.

CREATE TABLE body_weights (
  study_id   integer NOT NULL,
  entry_id   text COLLATE "C" NOT NULL,
  -- g
  grams      numeric CHECK (grams > 0),
  qualifiers jsonb CHECK (jsonb_typeof(qualifiers) = 'object'),
  reported   jsonb CHECK (jsonb_typeof(reported) = 'object'),
  not_done   jsonb CHECK (jsonb_typeof(not_done) = 'object'),
  PRIMARY KEY (study_id, entry_id),
  FOREIGN KEY (study_id, entry_id) REFERENCES entries (study_id, id)
);

CREATE TABLE complete_blood_counts (
  study_id    integer NOT NULL,
  entry_id    text COLLATE "C" NOT NULL,
  -- 10⁹/L
  neutrophils numeric CHECK (neutrophils >= 0),
  platelets   numeric CHECK (platelets >= 0),
  wbc         numeric CHECK (wbc >= 0),
  lymphocytes numeric CHECK (lymphocytes >= 0),
  -- g/dL
  hemoglobin  numeric CHECK (hemoglobin >= 0),
  qualifiers  jsonb CHECK (jsonb_typeof(qualifiers) = 'object'),
  reported    jsonb CHECK (jsonb_typeof(reported) = 'object'),
  not_done    jsonb CHECK (jsonb_typeof(not_done) = 'object'),
  PRIMARY KEY (study_id, entry_id),
  FOREIGN KEY (study_id, entry_id) REFERENCES entries (study_id, id)
);

CREATE TABLE chemistries (
  study_id   integer NOT NULL,
  entry_id   text COLLATE "C" NOT NULL,
  -- U/L
  alt        numeric CHECK (alt >= 0),
  ast        numeric CHECK (ast >= 0),
  -- the unit of the protocol's reference range
  bilirubin  numeric CHECK (bilirubin >= 0),
  -- U/L
  alp        numeric CHECK (alp >= 0),
  ggt        numeric CHECK (ggt >= 0),
  qualifiers jsonb CHECK (jsonb_typeof(qualifiers) = 'object'),
  reported   jsonb CHECK (jsonb_typeof(reported) = 'object'),
  not_done   jsonb CHECK (jsonb_typeof(not_done) = 'object'),
  PRIMARY KEY (study_id, entry_id),
  FOREIGN KEY (study_id, entry_id) REFERENCES entries (study_id, id)
);

CREATE TABLE clinical_observations (
  study_id       integer NOT NULL,
  entry_id       text COLLATE "C" NOT NULL,
  -- °C
  temperature    numeric CHECK (temperature >= 0),
  -- Null: the skin was not looked at.
  exfoliation    boolean,
  bullae         boolean,
  -- Whether findings, and ungraded signs, were looked for: an empty list says that there were none.
  findings_given boolean NOT NULL DEFAULT false,
  signs_given    boolean NOT NULL DEFAULT false,
  qualifiers     jsonb CHECK (jsonb_typeof(qualifiers) = 'object'),
  reported       jsonb CHECK (jsonb_typeof(reported) = 'object'),
  not_done       jsonb CHECK (jsonb_typeof(not_done) = 'object'),
  PRIMARY KEY (study_id, entry_id),
  FOREIGN KEY (study_id, entry_id) REFERENCES entries (study_id, id)
);

CREATE TABLE observation_findings (
  study_id integer NOT NULL,
  entry_id text COLLATE "C" NOT NULL,
  position integer NOT NULL CHECK (position >= 0),
  term     text COLLATE "C" NOT NULL,
  grade    smallint NOT NULL CHECK (grade BETWEEN 0 AND 5),
  PRIMARY KEY (study_id, entry_id, position),
  UNIQUE (study_id, entry_id, term),
  FOREIGN KEY (study_id, entry_id) REFERENCES clinical_observations (study_id, entry_id)
);

-- Kept as recorded, without a grade: appetite, activity, grooming, posture and whatever else was seen.
CREATE TABLE observation_signs (
  study_id integer NOT NULL,
  entry_id text COLLATE "C" NOT NULL,
  position integer NOT NULL CHECK (position >= 0),
  category text,
  text     text,
  severity text,
  PRIMARY KEY (study_id, entry_id, position),
  FOREIGN KEY (study_id, entry_id) REFERENCES clinical_observations (study_id, entry_id)
);

CREATE TABLE doses_given (
  study_id   integer NOT NULL,
  entry_id   text COLLATE "C" NOT NULL,
  -- In the protocol's dose unit; 0: not dosed, or for a control animal the vehicle.
  amount     numeric NOT NULL CHECK (amount >= 0),
  lot        text,
  volume     jsonb CHECK (jsonb_typeof(volume) = 'object'),
  qualifiers jsonb CHECK (jsonb_typeof(qualifiers) = 'object'),
  reported   jsonb CHECK (jsonb_typeof(reported) = 'object'),
  not_done   jsonb CHECK (jsonb_typeof(not_done) = 'object'),
  PRIMARY KEY (study_id, entry_id),
  FOREIGN KEY (study_id, entry_id) REFERENCES entries (study_id, id)
);

CREATE TABLE orders (
  study_id integer NOT NULL,
  entry_id text COLLATE "C" NOT NULL,
  action   text NOT NULL CHECK (action IN ('WITHHOLD', 'RESUME', 'SET_DOSE', 'DISCONTINUE')),
  -- In the protocol's dose unit.
  dose     numeric CHECK (dose >= 0),
  PRIMARY KEY (study_id, entry_id),
  FOREIGN KEY (study_id, entry_id) REFERENCES entries (study_id, id),
  CHECK (action NOT IN ('RESUME', 'SET_DOSE') OR dose IS NOT NULL)
);

CREATE TABLE dispositions (
  study_id integer NOT NULL,
  entry_id text COLLATE "C" NOT NULL,
  outcome  text NOT NULL CHECK (outcome IN ('DIED', 'EUTHANIZED', 'REMOVED')),
  PRIMARY KEY (study_id, entry_id),
  FOREIGN KEY (study_id, entry_id) REFERENCES entries (study_id, id)
);

-- What a run changed in the history: the events it wrote, and the earlier ones that no longer stand ---------------

CREATE TABLE decision_events (
  study_id         integer NOT NULL,
  animal_id        integer NOT NULL,
  recorded_at      timestamptz(3) NOT NULL,
  position         integer NOT NULL CHECK (position >= 0),
  -- The standing version that led to it.
  entry_id         text COLLATE "C" NOT NULL,
  observed_at      timestamptz(3) NOT NULL,
  observed_at_text text NOT NULL,
  action           text NOT NULL CHECK (action IN ('START', 'WITHHOLD', 'REMAIN_WITHHELD', 'RESUME', 'RESUME_PROPOSED', 'SET_DOSE', 'DISCONTINUE', 'OFF_STUDY')),
  rules            text[] NOT NULL CHECK (cardinality(rules) > 0),
  from_dose        numeric NOT NULL CHECK (from_dose >= 0),
  to_dose          numeric NOT NULL CHECK (to_dose >= 0),
  -- [{term, grade}], those that opened in this step.
  toxicities       jsonb NOT NULL CHECK (jsonb_typeof(toxicities) = 'array'),
  -- For people, and the conditions with their values, as they were known when the event was written.
  sentence         text NOT NULL,
  explanation      jsonb NOT NULL CHECK (jsonb_typeof(explanation) = 'object'),
  PRIMARY KEY (animal_id, recorded_at, position),
  FOREIGN KEY (animal_id, recorded_at) REFERENCES decision_runs (animal_id, recorded_at),
  FOREIGN KEY (study_id, entry_id) REFERENCES entries (study_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (study_id, animal_id) REFERENCES animals (study_id, id)
);
CREATE INDEX decision_events_study_idx ON decision_events (study_id, animal_id);

CREATE TABLE decision_event_closures (
  animal_id         integer NOT NULL,
  event_recorded_at timestamptz(3) NOT NULL,
  event_position    integer NOT NULL,
  -- The run after which the event no longer stood.
  closed_at         timestamptz(3) NOT NULL,
  PRIMARY KEY (animal_id, event_recorded_at, event_position),
  FOREIGN KEY (animal_id, event_recorded_at, event_position) REFERENCES decision_events (animal_id, recorded_at, position),
  FOREIGN KEY (animal_id, closed_at) REFERENCES decision_runs (animal_id, recorded_at),
  CHECK (closed_at > event_recorded_at)
);
CREATE INDEX decision_event_closures_run_idx ON decision_event_closures (animal_id, closed_at);

CREATE VIEW decision_run_periods AS
  SELECT runs.*, lead(runs.recorded_at) OVER (PARTITION BY runs.animal_id ORDER BY runs.recorded_at) AS until
  FROM decision_runs runs;

CREATE VIEW decision_event_periods AS
  SELECT events.*, closures.closed_at AS until
  FROM decision_events events
  LEFT JOIN decision_event_closures closures
    ON closures.animal_id = events.animal_id
   AND closures.event_recorded_at = events.recorded_at
   AND closures.event_position = events.position;

-- The one thing that is updated: the lock of an animal, and its state after everything known ----------------------

CREATE TABLE animal_states (
  animal_id        integer PRIMARY KEY,
  study_id         integer NOT NULL,
  run_number       integer NOT NULL DEFAULT 0,
  last_recorded_at timestamptz(3),
  -- studies.rules_revision when this state was made; another one means that the log is to be replayed.
  rules_revision   integer NOT NULL DEFAULT 0,
  -- What the next entry continues from; null: nothing has been judged.
  state            json,
  status           text NOT NULL DEFAULT 'NOT_STARTED' CHECK (status IN ('NOT_STARTED', 'ON_DOSE', 'WITHHELD', 'DISCONTINUED', 'OFF_STUDY')),
  dose             numeric NOT NULL DEFAULT 0 CHECK (dose >= 0),
  open_toxicities  text[] NOT NULL DEFAULT '{}',
  -- What a board shows of the animal: latest measurements with grades, baseline weight, first dose, last event.
  summary          jsonb NOT NULL DEFAULT '{}',
  FOREIGN KEY (study_id, animal_id) REFERENCES animals (study_id, id)
);
CREATE INDEX animal_states_study_idx ON animal_states (study_id);
