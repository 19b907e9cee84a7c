-- Made by "npm run make:baseline" from prisma/schema.prisma and prisma/sql, in the order of their names: change those.

-- prisma/sql/00-before-tables.sql

-- Before the tables, whose columns take it as their default.

-- The transaction that asks, in a form that no other ever has: its number, which begins anew in a cluster that a dump was
-- restored into, and the microsecond that it began at. Within a SAVEPOINT it is the same. Names are written out, for whoever
-- inserts has a search path of their own.
CREATE FUNCTION this_transaction() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT pg_catalog.concat(pg_catalog.pg_current_xact_id(), '@', pg_catalog.extract('epoch', pg_catalog.transaction_timestamp()))
$$;

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "administrator" BOOLEAN NOT NULL DEFAULT false,
    "auditor" BOOLEAN NOT NULL DEFAULT false,
    "every_study_roles" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "disabled_at" TIMESTAMPTZ(3),
    "failed_attempts" INTEGER NOT NULL DEFAULT 0,
    "locked_until" TIMESTAMPTZ(3),
    "session_epoch" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "session_epoch" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "user_agent" TEXT,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_tokens" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "label" TEXT NOT NULL DEFAULT '',
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "second_factors" (
    "user_id" UUID NOT NULL,
    "sealed" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,
    "begun_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "set_at" TIMESTAMPTZ(3),
    "last_step" BIGINT NOT NULL DEFAULT 0,
    "recovery_salt" BYTEA,

    CONSTRAINT "second_factors_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "recovery_codes" (
    "user_id" UUID NOT NULL,
    "code_hash" BYTEA NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "recovery_codes_pkey" PRIMARY KEY ("user_id","code_hash")
);

-- CreateTable
CREATE TABLE "studies" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "title" TEXT NOT NULL DEFAULT '',
    "species" TEXT NOT NULL,
    "strain" TEXT NOT NULL DEFAULT '',
    "time_zone" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "imported" BOOLEAN NOT NULL DEFAULT false,
    "extra" JSONB,
    "rules_revision" INTEGER NOT NULL DEFAULT 0,
    "created_in" TEXT NOT NULL DEFAULT this_transaction(),
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "studies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "signatures" (
    "id" UUID NOT NULL,
    "study_id" INTEGER NOT NULL,
    "number" BIGSERIAL NOT NULL,
    "signer" UUID NOT NULL,
    "signer_name" TEXT NOT NULL,
    "signer_email" TEXT NOT NULL,
    "meaning" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "content_hash" BYTEA NOT NULL,
    "list" UUID,
    "signed_at" TIMESTAMPTZ(3) NOT NULL,
    "created_in" TEXT NOT NULL DEFAULT this_transaction(),

    CONSTRAINT "signatures_pkey" PRIMARY KEY ("study_id","id")
);

-- CreateTable
CREATE TABLE "memberships" (
    "study_id" INTEGER NOT NULL,
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("study_id","user_id","role")
);

-- CreateTable
CREATE TABLE "protocol_versions" (
    "study_id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "effective_from" TIMESTAMPTZ(3),
    "effective_from_text" TEXT,
    "drafted_by" UUID,
    "drafted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "signed_by" UUID,
    "signed_at" TIMESTAMPTZ(3),
    "signed_meaning" TEXT,
    "password_verified_at" TIMESTAMPTZ(3),

    CONSTRAINT "protocol_versions_pkey" PRIMARY KEY ("study_id","version")
);

-- CreateTable
CREATE TABLE "dose_groups" (
    "study_id" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "label" TEXT NOT NULL DEFAULT '',
    "control" BOOLEAN NOT NULL,
    "dose_levels" DECIMAL[] DEFAULT ARRAY[]::DECIMAL[],
    "starting_dose" DECIMAL,
    "position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "dose_groups_pkey" PRIMARY KEY ("study_id","code")
);

-- CreateTable
CREATE TABLE "animals" (
    "id" SERIAL NOT NULL,
    "study_id" INTEGER NOT NULL,
    "tag" TEXT NOT NULL,
    "sex" TEXT,
    "strain" TEXT,
    "genotype" TEXT,
    "birth_date" DATE,
    "room" TEXT,
    "cage" TEXT,
    "group_code" TEXT,
    "dosing_fixed" BOOLEAN NOT NULL DEFAULT false,
    "starting_dose" DECIMAL,
    "control" BOOLEAN,
    "dose_levels" DECIMAL[],
    "extra" JSONB,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "animals_pkey" PRIMARY KEY ("study_id","id")
);

-- CreateTable
CREATE TABLE "decision_runs" (
    "study_id" INTEGER NOT NULL,
    "animal_id" INTEGER NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "run_number" INTEGER NOT NULL,
    "stored_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "judged" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "dose" DECIMAL NOT NULL,
    "open_toxicities" TEXT[],
    "protocol_version" INTEGER,
    "engine_version" TEXT NOT NULL,
    "created_in" TEXT NOT NULL DEFAULT this_transaction(),

    CONSTRAINT "decision_runs_pkey" PRIMARY KEY ("study_id","animal_id","recorded_at")
);

-- CreateTable
CREATE TABLE "entries" (
    "study_id" INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "log_number" BIGSERIAL NOT NULL,
    "animal_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "observed_at" TIMESTAMPTZ(3),
    "observed_at_text" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at_text" TEXT,
    "stored_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "recorded_by" UUID,
    "recorded_by_text" TEXT,
    "record_id" TEXT NOT NULL,
    "corrects" TEXT,
    "voids" TEXT,
    "reason_code" TEXT,
    "reason" TEXT,
    "deviation_reason" TEXT,
    "comment" TEXT,
    "source" TEXT,
    "extra" JSONB,
    "content_hash" BYTEA NOT NULL,
    "answer" JSON,
    "created_in" TEXT NOT NULL DEFAULT this_transaction(),

    CONSTRAINT "entries_pkey" PRIMARY KEY ("study_id","id")
);

-- CreateTable
CREATE TABLE "body_weights" (
    "study_id" INTEGER NOT NULL,
    "entry_id" TEXT NOT NULL,
    "grams" DECIMAL,
    "qualifiers" JSONB,
    "reported" JSONB,
    "not_done" JSONB,

    CONSTRAINT "body_weights_pkey" PRIMARY KEY ("study_id","entry_id")
);

-- CreateTable
CREATE TABLE "complete_blood_counts" (
    "study_id" INTEGER NOT NULL,
    "entry_id" TEXT NOT NULL,
    "neutrophils" DECIMAL,
    "platelets" DECIMAL,
    "wbc" DECIMAL,
    "lymphocytes" DECIMAL,
    "hemoglobin" DECIMAL,
    "qualifiers" JSONB,
    "reported" JSONB,
    "not_done" JSONB,

    CONSTRAINT "complete_blood_counts_pkey" PRIMARY KEY ("study_id","entry_id")
);

-- CreateTable
CREATE TABLE "chemistries" (
    "study_id" INTEGER NOT NULL,
    "entry_id" TEXT NOT NULL,
    "alt" DECIMAL,
    "ast" DECIMAL,
    "bilirubin" DECIMAL,
    "alp" DECIMAL,
    "ggt" DECIMAL,
    "qualifiers" JSONB,
    "reported" JSONB,
    "not_done" JSONB,

    CONSTRAINT "chemistries_pkey" PRIMARY KEY ("study_id","entry_id")
);

-- CreateTable
CREATE TABLE "clinical_observations" (
    "study_id" INTEGER NOT NULL,
    "entry_id" TEXT NOT NULL,
    "temperature" DECIMAL,
    "exfoliation" BOOLEAN,
    "bullae" BOOLEAN,
    "findings_given" BOOLEAN NOT NULL DEFAULT false,
    "signs_given" BOOLEAN NOT NULL DEFAULT false,
    "qualifiers" JSONB,
    "reported" JSONB,
    "not_done" JSONB,

    CONSTRAINT "clinical_observations_pkey" PRIMARY KEY ("study_id","entry_id")
);

-- CreateTable
CREATE TABLE "observation_findings" (
    "study_id" INTEGER NOT NULL,
    "entry_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "term" TEXT NOT NULL,
    "grade" SMALLINT NOT NULL,

    CONSTRAINT "observation_findings_pkey" PRIMARY KEY ("study_id","entry_id","position")
);

-- CreateTable
CREATE TABLE "observation_signs" (
    "study_id" INTEGER NOT NULL,
    "entry_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "category" TEXT,
    "text" TEXT,
    "severity" TEXT,

    CONSTRAINT "observation_signs_pkey" PRIMARY KEY ("study_id","entry_id","position")
);

-- CreateTable
CREATE TABLE "doses_given" (
    "study_id" INTEGER NOT NULL,
    "entry_id" TEXT NOT NULL,
    "amount" DECIMAL NOT NULL,
    "lot" TEXT,
    "volume" JSONB,
    "qualifiers" JSONB,
    "reported" JSONB,
    "not_done" JSONB,

    CONSTRAINT "doses_given_pkey" PRIMARY KEY ("study_id","entry_id")
);

-- CreateTable
CREATE TABLE "orders" (
    "study_id" INTEGER NOT NULL,
    "entry_id" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "dose" DECIMAL,

    CONSTRAINT "orders_pkey" PRIMARY KEY ("study_id","entry_id")
);

-- CreateTable
CREATE TABLE "dispositions" (
    "study_id" INTEGER NOT NULL,
    "entry_id" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,

    CONSTRAINT "dispositions_pkey" PRIMARY KEY ("study_id","entry_id")
);

-- CreateTable
CREATE TABLE "decision_events" (
    "study_id" INTEGER NOT NULL,
    "animal_id" INTEGER NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "position" INTEGER NOT NULL,
    "entry_id" TEXT NOT NULL,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,
    "observed_at_text" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "rules" TEXT[],
    "from_dose" DECIMAL NOT NULL,
    "to_dose" DECIMAL NOT NULL,
    "toxicities" JSONB NOT NULL,
    "sentence" TEXT NOT NULL,
    "explanation" JSONB NOT NULL,

    CONSTRAINT "decision_events_pkey" PRIMARY KEY ("study_id","animal_id","recorded_at","position")
);

-- CreateTable
CREATE TABLE "decision_event_closures" (
    "study_id" INTEGER NOT NULL,
    "animal_id" INTEGER NOT NULL,
    "event_recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "event_position" INTEGER NOT NULL,
    "closed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "decision_event_closures_pkey" PRIMARY KEY ("study_id","animal_id","event_recorded_at","event_position")
);

-- CreateTable
CREATE TABLE "animal_states" (
    "study_id" INTEGER NOT NULL,
    "animal_id" INTEGER NOT NULL,
    "run_number" INTEGER NOT NULL DEFAULT 0,
    "last_recorded_at" TIMESTAMPTZ(3),
    "rules_revision" INTEGER NOT NULL DEFAULT 0,
    "state" JSON,
    "status" TEXT NOT NULL DEFAULT 'NOT_STARTED',
    "dose" DECIMAL NOT NULL DEFAULT 0,
    "open_toxicities" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "summary" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "animal_states_pkey" PRIMARY KEY ("study_id","animal_id")
);

-- CreateTable
CREATE TABLE "review_items" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "study_id" INTEGER NOT NULL,
    "animal_id" INTEGER NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "entry_id" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "impact" JSON NOT NULL,
    "stored_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "review_items_pkey" PRIMARY KEY ("study_id","id")
);

-- CreateTable
CREATE TABLE "animal_changes" (
    "id" UUID NOT NULL,
    "number" BIGSERIAL NOT NULL,
    "study_id" INTEGER NOT NULL,
    "animal_id" INTEGER NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT date_trunc('milliseconds', clock_timestamp()),
    "changed_by" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "before" JSONB NOT NULL,
    "after" JSONB NOT NULL,
    "content_hash" BYTEA NOT NULL,
    "created_in" TEXT NOT NULL DEFAULT this_transaction(),

    CONSTRAINT "animal_changes_pkey" PRIMARY KEY ("study_id","id")
);

-- CreateTable
CREATE TABLE "audit_events" (
    "chain" TEXT NOT NULL,
    "sequence" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "actor" UUID,
    "actor_text" TEXT NOT NULL,
    "roles" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "address" TEXT,
    "study_id" INTEGER,
    "animal_id" INTEGER,
    "entry_id" TEXT,
    "subject" TEXT,
    "old_value" TEXT,
    "new_value" TEXT,
    "reason" TEXT,
    "previous_hash" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,
    "created_in" TEXT NOT NULL DEFAULT this_transaction(),

    CONSTRAINT "audit_events_pkey" PRIMARY KEY ("chain","sequence")
);

-- CreateTable
CREATE TABLE "audit_kinds" (
    "kind" TEXT NOT NULL,
    "chains" TEXT[],

    CONSTRAINT "audit_kinds_pkey" PRIMARY KEY ("kind")
);

-- CreateTable
CREATE TABLE "audit_reviews" (
    "study_id" INTEGER NOT NULL,
    "exception" TEXT NOT NULL,
    "signature" UUID NOT NULL,

    CONSTRAINT "audit_reviews_pkey" PRIMARY KEY ("study_id","exception","signature")
);

-- CreateTable
CREATE TABLE "installations" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "installations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_checkpoints" (
    "scope" INTEGER NOT NULL DEFAULT 0,
    "study_id" INTEGER,
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "cause" TEXT NOT NULL,
    "heads" TEXT NOT NULL,
    "previous_hash" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,
    "signature" BYTEA NOT NULL,
    "public_key" BYTEA NOT NULL,

    CONSTRAINT "audit_checkpoints_pkey" PRIMARY KEY ("scope","number")
);

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_tokens_token_hash_key" ON "api_tokens"("token_hash");

-- CreateIndex
CREATE INDEX "api_tokens_user_id_idx" ON "api_tokens"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "studies_code_key" ON "studies"("code");

-- CreateIndex
CREATE INDEX "signatures_subject_idx" ON "signatures"("study_id", "subject_kind", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "signatures_study_id_number_key" ON "signatures"("study_id", "number");

-- CreateIndex
CREATE INDEX "memberships_user_id_idx" ON "memberships"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "animals_study_id_tag_key" ON "animals"("study_id", "tag");

-- CreateIndex
CREATE UNIQUE INDEX "decision_runs_study_id_animal_id_run_number_key" ON "decision_runs"("study_id", "animal_id", "run_number");

-- CreateIndex
CREATE INDEX "entries_animal_idx" ON "entries"("study_id", "animal_id", "log_number");

-- CreateIndex
CREATE INDEX "entries_record_idx" ON "entries"("study_id", "record_id");

-- CreateIndex
CREATE UNIQUE INDEX "observation_findings_study_id_entry_id_term_key" ON "observation_findings"("study_id", "entry_id", "term");

-- CreateIndex
CREATE INDEX "decision_event_closures_run_idx" ON "decision_event_closures"("study_id", "animal_id", "closed_at");

-- CreateIndex
CREATE INDEX "review_items_study_idx" ON "review_items"("study_id", "recorded_at");

-- CreateIndex
CREATE UNIQUE INDEX "review_items_study_id_animal_id_recorded_at_key" ON "review_items"("study_id", "animal_id", "recorded_at");

-- CreateIndex
CREATE INDEX "animal_changes_animal_idx" ON "animal_changes"("study_id", "animal_id", "number");

-- CreateIndex
CREATE INDEX "audit_events_study_idx" ON "audit_events"("study_id", "at", "chain", "sequence");

-- CreateIndex
CREATE INDEX "audit_events_actor_idx" ON "audit_events"("actor", "at", "chain", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "audit_events_study_id_entry_id_key" ON "audit_events"("study_id", "entry_id");

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "second_factors" ADD CONSTRAINT "second_factors_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "second_factors"("user_id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "studies" ADD CONSTRAINT "studies_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "users"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "signatures" ADD CONSTRAINT "signatures_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "studies"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "signatures" ADD CONSTRAINT "signatures_signer_fkey" FOREIGN KEY ("signer") REFERENCES "users"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "studies"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "protocol_versions" ADD CONSTRAINT "protocol_versions_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "studies"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "protocol_versions" ADD CONSTRAINT "protocol_versions_drafted_by_fkey" FOREIGN KEY ("drafted_by") REFERENCES "users"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "protocol_versions" ADD CONSTRAINT "protocol_versions_signed_by_fkey" FOREIGN KEY ("signed_by") REFERENCES "users"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "dose_groups" ADD CONSTRAINT "dose_groups_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "studies"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "animals" ADD CONSTRAINT "animals_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "studies"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "animals" ADD CONSTRAINT "animals_study_id_group_code_fkey" FOREIGN KEY ("study_id", "group_code") REFERENCES "dose_groups"("study_id", "code") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "animals" ADD CONSTRAINT "animals_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "users"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "decision_runs" ADD CONSTRAINT "decision_runs_study_id_animal_id_fkey" FOREIGN KEY ("study_id", "animal_id") REFERENCES "animals"("study_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "entries" ADD CONSTRAINT "entries_study_id_animal_id_fkey" FOREIGN KEY ("study_id", "animal_id") REFERENCES "animals"("study_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "entries" ADD CONSTRAINT "entries_run_fkey" FOREIGN KEY ("study_id", "animal_id", "recorded_at") REFERENCES "decision_runs"("study_id", "animal_id", "recorded_at") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "entries" ADD CONSTRAINT "entries_recorded_by_fkey" FOREIGN KEY ("recorded_by") REFERENCES "users"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "entries" ADD CONSTRAINT "entries_study_id_record_id_fkey" FOREIGN KEY ("study_id", "record_id") REFERENCES "entries"("study_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "entries" ADD CONSTRAINT "entries_study_id_corrects_fkey" FOREIGN KEY ("study_id", "corrects") REFERENCES "entries"("study_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "entries" ADD CONSTRAINT "entries_study_id_voids_fkey" FOREIGN KEY ("study_id", "voids") REFERENCES "entries"("study_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "body_weights" ADD CONSTRAINT "body_weights_study_id_entry_id_fkey" FOREIGN KEY ("study_id", "entry_id") REFERENCES "entries"("study_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "complete_blood_counts" ADD CONSTRAINT "complete_blood_counts_study_id_entry_id_fkey" FOREIGN KEY ("study_id", "entry_id") REFERENCES "entries"("study_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "chemistries" ADD CONSTRAINT "chemistries_study_id_entry_id_fkey" FOREIGN KEY ("study_id", "entry_id") REFERENCES "entries"("study_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "clinical_observations" ADD CONSTRAINT "clinical_observations_study_id_entry_id_fkey" FOREIGN KEY ("study_id", "entry_id") REFERENCES "entries"("study_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "observation_findings" ADD CONSTRAINT "observation_findings_study_id_entry_id_fkey" FOREIGN KEY ("study_id", "entry_id") REFERENCES "clinical_observations"("study_id", "entry_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "observation_signs" ADD CONSTRAINT "observation_signs_study_id_entry_id_fkey" FOREIGN KEY ("study_id", "entry_id") REFERENCES "clinical_observations"("study_id", "entry_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "doses_given" ADD CONSTRAINT "doses_given_study_id_entry_id_fkey" FOREIGN KEY ("study_id", "entry_id") REFERENCES "entries"("study_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "orders" ADD CONSTRAINT "orders_study_id_entry_id_fkey" FOREIGN KEY ("study_id", "entry_id") REFERENCES "entries"("study_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "dispositions" ADD CONSTRAINT "dispositions_study_id_entry_id_fkey" FOREIGN KEY ("study_id", "entry_id") REFERENCES "entries"("study_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "decision_events" ADD CONSTRAINT "decision_events_study_id_animal_id_recorded_at_fkey" FOREIGN KEY ("study_id", "animal_id", "recorded_at") REFERENCES "decision_runs"("study_id", "animal_id", "recorded_at") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "decision_events" ADD CONSTRAINT "decision_events_study_id_entry_id_fkey" FOREIGN KEY ("study_id", "entry_id") REFERENCES "entries"("study_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "decision_events" ADD CONSTRAINT "decision_events_study_id_animal_id_fkey" FOREIGN KEY ("study_id", "animal_id") REFERENCES "animals"("study_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "decision_event_closures" ADD CONSTRAINT "decision_event_closures_study_id_animal_id_event_recorded__fkey" FOREIGN KEY ("study_id", "animal_id", "event_recorded_at", "event_position") REFERENCES "decision_events"("study_id", "animal_id", "recorded_at", "position") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "decision_event_closures" ADD CONSTRAINT "decision_event_closures_study_id_animal_id_closed_at_fkey" FOREIGN KEY ("study_id", "animal_id", "closed_at") REFERENCES "decision_runs"("study_id", "animal_id", "recorded_at") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "animal_states" ADD CONSTRAINT "animal_states_study_id_animal_id_fkey" FOREIGN KEY ("study_id", "animal_id") REFERENCES "animals"("study_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "review_items" ADD CONSTRAINT "review_items_study_id_animal_id_fkey" FOREIGN KEY ("study_id", "animal_id") REFERENCES "animals"("study_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "review_items" ADD CONSTRAINT "review_items_study_id_animal_id_recorded_at_fkey" FOREIGN KEY ("study_id", "animal_id", "recorded_at") REFERENCES "decision_runs"("study_id", "animal_id", "recorded_at") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "review_items" ADD CONSTRAINT "review_items_study_id_entry_id_fkey" FOREIGN KEY ("study_id", "entry_id") REFERENCES "entries"("study_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "animal_changes" ADD CONSTRAINT "animal_changes_study_id_animal_id_fkey" FOREIGN KEY ("study_id", "animal_id") REFERENCES "animals"("study_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "animal_changes" ADD CONSTRAINT "animal_changes_changed_by_fkey" FOREIGN KEY ("changed_by") REFERENCES "users"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "audit_reviews" ADD CONSTRAINT "audit_reviews_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "studies"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "audit_reviews" ADD CONSTRAINT "audit_reviews_study_id_signature_fkey" FOREIGN KEY ("study_id", "signature") REFERENCES "signatures"("study_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "audit_checkpoints" ADD CONSTRAINT "audit_checkpoints_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "studies"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- prisma/sql/01-columns.sql

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

-- prisma/sql/02-checks.sql

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

-- prisma/sql/03-keys.sql

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

-- prisma/sql/04-views.sql

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

-- prisma/sql/05-append-only.sql

-- What must not change is refused here, by the database itself: to the application's login, to the owner, and (every
-- trigger is ENABLE ALWAYS, see 12-guard.sql) to a superuser in a replication session. Only ALTER TABLE gets past a
-- trigger.

CREATE FUNCTION doseline_refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

-- Rows that are written once. What may change in part has its own check of a change below, and is never emptied either.
DO $$
DECLARE
  kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY[
    'entries', 'body_weights', 'complete_blood_counts', 'chemistries', 'clinical_observations', 'observation_findings',
    'observation_signs', 'doses_given', 'orders', 'dispositions', 'decision_runs', 'decision_events', 'decision_event_closures',
    'review_items', 'animal_changes', 'signatures', 'audit_events', 'audit_kinds', 'audit_reviews', 'audit_checkpoints', 'installations'
  ] LOOP
    EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION doseline_refuse_change()', kept);
    EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION doseline_refuse_change()', kept);
  END LOOP;
  FOREACH kept IN ARRAY ARRAY['studies', 'protocol_versions', 'dose_groups', 'animals', 'second_factors', 'recovery_codes'] LOOP
    EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION doseline_refuse_change()', kept);
  END LOOP;
END $$;

-- Nothing is added to what was recorded: the parts of an entry come with it, and those of a run with the run, in one
-- transaction.
CREATE FUNCTION doseline_refuse_addition() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_TABLE_NAME IN ('decision_events', 'review_items') THEN
    PERFORM FROM decision_runs WHERE study_id = NEW.study_id AND animal_id = NEW.animal_id AND recorded_at = NEW.recorded_at AND created_in = this_transaction();
  ELSIF TG_TABLE_NAME = 'decision_event_closures' THEN
    PERFORM FROM decision_runs WHERE study_id = NEW.study_id AND animal_id = NEW.animal_id AND recorded_at = NEW.closed_at AND created_in = this_transaction();
  ELSE
    PERFORM FROM entries WHERE study_id = NEW.study_id AND id = NEW.entry_id AND created_in = this_transaction();
  END IF;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'nothing is added to what was recorded before: INSERT into % is refused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;

DO $$
DECLARE
  part text;
BEGIN
  FOREACH part IN ARRAY ARRAY[
    'body_weights', 'complete_blood_counts', 'chemistries', 'clinical_observations', 'observation_findings', 'observation_signs',
    'doses_given', 'orders', 'dispositions', 'decision_events', 'decision_event_closures', 'review_items'
  ] LOOP
    EXECUTE format('CREATE TRIGGER refuse_addition AFTER INSERT ON %I FOR EACH ROW EXECUTE FUNCTION doseline_refuse_addition()', part);
  END LOOP;
END $$;

-- prisma/sql/06-trail.sql

-- The audit trail. A writer says what happened; who acts and from where stands in the transaction's settings; place,
-- instant and hash are the database's own.

-- Completes an event of a kind that there is, and puts it at the end of its chain. The events of an animal wait for the lock
-- that its entries take, those of another chain for a lock of their own, both until the end of the transaction.
CREATE FUNCTION doseline_chain_audit_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  place text;
  last record;
  ms text;
BEGIN
  NEW.actor := nullif(current_setting('doseline.actor', true), '')::uuid;
  NEW.origin := nullif(current_setting('doseline.origin', true), '');
  NEW.roles := coalesce(current_setting('doseline.roles', true), '');
  NEW.address := nullif(current_setting('doseline.address', true), '');
  IF NEW.origin IS NULL THEN
    RAISE EXCEPTION 'an audit event says where it comes from: doseline.origin is not set' USING ERRCODE = 'check_violation';
  END IF;

  IF NEW.animal_id IS NOT NULL THEN
    SELECT concat('animal:', s.code, ':', t.animal_id) INTO place
      FROM public.animal_states t JOIN public.studies s ON s.id = t.study_id
      WHERE t.animal_id = NEW.animal_id AND t.study_id = NEW.study_id FOR UPDATE OF t;
  ELSE
    PERFORM pg_advisory_xact_lock(hashtextextended(NEW.chain, 20261123));
    IF NEW.study_id IS NOT NULL THEN
      SELECT 'study:' || code INTO place FROM public.studies WHERE id = NEW.study_id;
    ELSIF NEW.chain = 'installation' THEN
      place := NEW.chain;
    ELSIF NEW.chain ~ '^account:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN
      SELECT 'account:' || id INTO place FROM public.users WHERE id = substr(NEW.chain, 9)::uuid;
    END IF;
  END IF;
  IF place IS DISTINCT FROM NEW.chain THEN
    RAISE EXCEPTION 'an audit event of % does not belong on the chain %', coalesce(place, 'nothing'), NEW.chain USING ERRCODE = 'check_violation';
  END IF;

  SELECT e.sequence, e.at, e.hash, u.email, k.chains INTO last
    FROM (SELECT) one
      LEFT JOIN public.users u ON u.id = NEW.actor
      LEFT JOIN public.audit_kinds k ON k.kind = NEW.kind
      LEFT JOIN LATERAL (SELECT sequence, at, hash FROM public.audit_events WHERE chain = NEW.chain ORDER BY sequence DESC LIMIT 1) e ON true;
  IF last.chains IS NULL OR split_part(NEW.chain, ':', 1) <> ALL (last.chains) THEN
    RAISE EXCEPTION 'the chain % holds no events of the kind %', NEW.chain, NEW.kind USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.actor IS NOT NULL THEN
    NEW.actor_text := last.email;
    IF last.email IS NULL THEN
      RAISE EXCEPTION 'doseline.actor is not an account: %', NEW.actor USING ERRCODE = 'check_violation';
    END IF;
  ELSIF NEW.kind = 'SIGN_IN_FAILED' THEN
    NEW.actor_text := coalesce(NEW.subject, '');
  ELSIF NEW.origin = 'system' THEN
    NEW.actor_text := 'system';
  ELSIF NEW.origin IN ('console', 'import') THEN
    NEW.actor_text := 'console';
  ELSE
    RAISE EXCEPTION 'no write without an actor: doseline.actor is not set' USING ERRCODE = 'check_violation';
  END IF;

  NEW.sequence := coalesce(last.sequence, 0) + 1;
  NEW.at := greatest(date_trunc('milliseconds', clock_timestamp()), last.at);
  NEW.previous_hash := coalesce(last.hash, decode(repeat('00', 32), 'hex'));
  NEW.created_in := this_transaction();
  ms := (extract(epoch FROM NEW.at) * 1000)::bigint;
  -- The form of lib/domain/trail/canonical.ts.
  NEW.hash := sha256(NEW.previous_hash || convert_to(concat(
    '16:doseline-audit/1,',
    octet_length(NEW.chain), ':', NEW.chain, ',',
    length(NEW.sequence::text), ':', NEW.sequence, ',',
    length(ms), ':', ms, ',',
    octet_length(NEW.kind), ':', NEW.kind, ',',
    coalesce('36:' || NEW.actor || ',', '-,'),
    octet_length(NEW.actor_text), ':', NEW.actor_text, ',',
    octet_length(NEW.roles), ':', NEW.roles, ',',
    octet_length(NEW.origin), ':', NEW.origin, ',',
    coalesce(octet_length(NEW.address) || ':' || NEW.address || ',', '-,'),
    coalesce(octet_length(NEW.entry_id) || ':' || NEW.entry_id || ',', '-,'),
    coalesce(octet_length(NEW.subject) || ':' || NEW.subject || ',', '-,'),
    coalesce(octet_length(NEW.old_value) || ':' || NEW.old_value || ',', '-,'),
    coalesce(octet_length(NEW.new_value) || ':' || NEW.new_value || ',', '-,'),
    coalesce(octet_length(NEW.reason) || ':' || NEW.reason || ',', '-,')), 'UTF8'));
  RETURN NEW;
END $$;

CREATE TRIGGER chain_audit_event BEFORE INSERT ON audit_events FOR EACH ROW EXECUTE FUNCTION doseline_chain_audit_event();

-- What is recorded is refused at COMMIT where the last event of its chain is not of this transaction. Whoever wrote that event
-- holds the chain's lock until then.
CREATE FUNCTION doseline_require_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  changed jsonb := CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
  place text;
  made text;
BEGIN
  IF TG_TABLE_NAME = 'users' THEN
    place := 'account:' || (changed ->> 'id');
  ELSE
    SELECT CASE WHEN TG_TABLE_NAME = 'animals' THEN concat('animal:', code, ':', changed ->> 'id') ELSE 'study:' || code END INTO place
      FROM public.studies WHERE id = coalesce(changed ->> 'study_id', changed ->> 'id')::integer;
  END IF;
  SELECT created_in INTO made FROM public.audit_events WHERE chain = place ORDER BY sequence DESC LIMIT 1;
  IF made IS DISTINCT FROM this_transaction() THEN
    RAISE EXCEPTION '% of % without an event in the audit trail (%) is refused', TG_OP, TG_TABLE_NAME, place USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

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
  END LOOP;
END $$;

-- An entry is refused at COMMIT where it has no event of its own transaction, on the chain of its animal, by whoever recorded
-- it, and where its run is of another one. It names who recorded it: only an import of a whole study brings entries that
-- nobody here recorded. A check of our own: a foreign key would take any event, lock it, and be silent in a replication
-- session.
CREATE FUNCTION doseline_require_audit_of_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  event record;
BEGIN
  SELECT e.animal_id, e.actor, e.actor_text, e.created_in, r.created_in AS run INTO event FROM audit_events e
    LEFT JOIN decision_runs r ON r.study_id = NEW.study_id AND r.animal_id = NEW.animal_id AND r.recorded_at = NEW.recorded_at
    WHERE e.study_id = NEW.study_id AND e.entry_id = NEW.id;
  IF event.created_in IS DISTINCT FROM this_transaction() OR event.animal_id IS DISTINCT FROM NEW.animal_id
     OR (NEW.recorded_by IS NOT NULL AND event.actor IS DISTINCT FROM NEW.recorded_by) THEN
    RAISE EXCEPTION 'entry % without its event in the audit trail is refused', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  IF event.run IS DISTINCT FROM this_transaction() THEN
    RAISE EXCEPTION 'entry % is of a run that was there before', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  IF (NEW.recorded_by IS NULL OR NEW.recorded_by_text IS DISTINCT FROM event.actor_text OR NEW.recorded_at_text IS NOT NULL)
     AND NOT EXISTS (SELECT FROM studies WHERE id = NEW.study_id AND imported AND created_in = this_transaction()) THEN
    RAISE EXCEPTION 'entry % does not say who recorded it, or says an instant of its own', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER require_audit AFTER INSERT ON entries DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION doseline_require_audit_of_entry();

-- A change of an animal's record, an item to review and a mark of review are not written without their own events.
CREATE FUNCTION doseline_require_own_event() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  made jsonb := to_jsonb(NEW);
BEGIN
  IF NOT EXISTS (
    SELECT FROM audit_events
    WHERE study_id = NEW.study_id AND kind = TG_ARGV[0] AND created_in = this_transaction()
      AND CASE TG_TABLE_NAME
        WHEN 'animal_changes' THEN animal_id = (made ->> 'animal_id')::integer AND actor = (made ->> 'changed_by')::uuid AND reason = made ->> 'reason'
        WHEN 'review_items' THEN animal_id = (made ->> 'animal_id')::integer AND subject = made ->> 'id'
        ELSE subject = made ->> 'signature'
      END
  ) THEN
    RAISE EXCEPTION 'a row of % without its event in the audit trail (%) is refused', TG_TABLE_NAME, TG_ARGV[0] USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

DO $$
DECLARE
  written record;
BEGIN
  FOR written IN SELECT * FROM (VALUES
    ('animal_changes', 'ANIMAL_CHANGED'), ('review_items', 'REVIEW_OPENED'), ('audit_reviews', 'AUDIT_REVIEWED')) AS w(tab, kind)
  LOOP
    EXECUTE format('CREATE CONSTRAINT TRIGGER require_event AFTER INSERT ON %I DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION doseline_require_own_event(%L)', written.tab, written.kind);
  END LOOP;
END $$;

-- Marked as reviewed is what a review signed in this very transaction says, and nothing else.
CREATE FUNCTION doseline_check_audit_review() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM signatures
    WHERE id = NEW.signature AND study_id = NEW.study_id AND subject_kind = 'audit_review' AND created_in = this_transaction()
  ) THEN
    RAISE EXCEPTION 'an exception is marked as reviewed with its own signature' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER check_audit_review BEFORE INSERT ON audit_reviews FOR EACH ROW EXECUTE FUNCTION doseline_check_audit_review();

-- Two checkpoints of a study do not follow the same one. Who makes one holds its lock (hashtextextended).
CREATE FUNCTION doseline_check_checkpoint() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  last record;
BEGIN
  NEW.scope := coalesce(NEW.study_id, 0);
  SELECT number, hash INTO last FROM audit_checkpoints WHERE scope = NEW.scope ORDER BY number DESC LIMIT 1;
  IF NEW.number <> coalesce(last.number, 0) + 1 OR NEW.previous_hash <> coalesce(last.hash, decode(repeat('00', 32), 'hex')) THEN
    RAISE EXCEPTION 'checkpoint % does not follow the latest one', NEW.number USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.at NOT BETWEEN transaction_timestamp() - interval '1 minute' AND clock_timestamp() THEN
    RAISE EXCEPTION 'the instant of a checkpoint is the clock of the database' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER check_checkpoint BEFORE INSERT ON audit_checkpoints FOR EACH ROW EXECUTE FUNCTION doseline_check_checkpoint();

-- prisma/sql/07-studies.sql

-- The life of a study, draft, active, locked, active again, archived; its groups and its animals.

-- A study that is locked or archived stays as it is; each step to, from and beyond a lock is signed in its transaction.
CREATE FUNCTION doseline_check_study_life() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  signed_as text;
BEGIN
  IF OLD.status = NEW.status THEN
    IF OLD.status IN ('locked', 'archived') AND to_jsonb(OLD) <> to_jsonb(NEW) THEN
      RAISE EXCEPTION 'study % is %: it stays as it is', OLD.code, OLD.status USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN NEW;
  END IF;
  signed_as := CASE OLD.status || ' to ' || NEW.status
    WHEN 'draft to active' THEN ''
    WHEN 'active to locked' THEN 'lock'
    WHEN 'locked to active' THEN 'unlock'
    WHEN 'locked to archived' THEN 'archive'
  END;
  IF signed_as IS NULL THEN
    RAISE EXCEPTION 'study % is %, and cannot become %', OLD.code, OLD.status, NEW.status USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  IF signed_as <> '' AND NOT EXISTS (
    SELECT FROM signatures
    WHERE study_id = OLD.id AND subject_kind = signed_as AND created_in = this_transaction()
  ) THEN
    RAISE EXCEPTION 'study % becomes % only with a signature', OLD.code, NEW.status USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER check_study_life BEFORE UPDATE ON studies FOR EACH ROW EXECUTE FUNCTION doseline_check_study_life();
CREATE TRIGGER refuse_delete BEFORE DELETE ON studies FOR EACH ROW EXECUTE FUNCTION doseline_refuse_change();

-- A study becomes active with the signature of its first protocol version.
CREATE FUNCTION doseline_require_first_signature() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM signatures WHERE study_id = NEW.id AND subject_kind = 'protocol' AND created_in = this_transaction()
  ) THEN
    RAISE EXCEPTION 'study % becomes active only with a signed protocol', NEW.code USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER require_signature AFTER UPDATE ON studies DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.status = 'draft' AND NEW.status = 'active') EXECUTE FUNCTION doseline_require_first_signature();

-- Entries arrive in one statement, and are looked at together. Who locks a study holds every animal's state first, so
-- that an entry on its way is stored before the lock or refused after it.
CREATE FUNCTION doseline_refuse_entries_when_locked() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  closed record;
BEGIN
  SELECT s.code, s.status INTO closed FROM studies s
  WHERE s.id IN (SELECT DISTINCT study_id FROM new_entries) AND s.status IN ('locked', 'archived') LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'study % is %: nothing is entered', closed.code, closed.status USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER refuse_when_locked AFTER INSERT ON entries
  REFERENCING NEW TABLE AS new_entries FOR EACH STATEMENT EXECUTE FUNCTION doseline_refuse_entries_when_locked();

CREATE FUNCTION doseline_refuse_when_locked() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  closed record;
BEGIN
  SELECT code, status INTO closed FROM studies
  WHERE id = COALESCE(NEW.study_id, OLD.study_id) AND status IN ('locked', 'archived');
  IF FOUND THEN
    RAISE EXCEPTION 'study % is %: its % stay as they are', closed.code, closed.status, TG_TABLE_NAME USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;

DO $$
DECLARE
  kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY['animals', 'protocol_versions', 'dose_groups'] LOOP
    EXECUTE format('CREATE TRIGGER refuse_when_locked BEFORE INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION doseline_refuse_when_locked()', kept);
  END LOOP;
END $$;

-- Who enters data is settled while a study is locked. Auditors come and go; and where nobody is left who could unlock
-- it, a director may be named.
CREATE FUNCTION doseline_refuse_writers_when_locked() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  closed record;
BEGIN
  IF COALESCE(NEW.role, OLD.role) = 'auditor' AND COALESCE(OLD.role, NEW.role) = 'auditor' THEN
    RETURN COALESCE(NEW, OLD);
  END IF;
  SELECT id, code, status INTO closed FROM studies
  WHERE id = COALESCE(NEW.study_id, OLD.study_id) AND status IN ('locked', 'archived');
  IF NOT FOUND THEN
    RETURN COALESCE(NEW, OLD);
  END IF;
  IF TG_OP = 'INSERT' AND NEW.role = 'study_director' AND closed.status = 'locked' AND NOT EXISTS (
    SELECT FROM study_roles r JOIN users u ON u.id = r.user_id
    WHERE r.study_id = closed.id AND r.role = 'study_director' AND u.disabled_at IS NULL
  ) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'study % is %: who writes in it stays as it is', closed.code, closed.status USING ERRCODE = 'object_not_in_prerequisite_state';
END $$;

CREATE TRIGGER refuse_when_locked BEFORE INSERT OR UPDATE OR DELETE ON memberships FOR EACH ROW EXECUTE FUNCTION doseline_refuse_writers_when_locked();

-- Dose groups belong to the draft: once a version is signed or imported, they stay as they are.
CREATE FUNCTION doseline_refuse_group_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM protocol_versions WHERE study_id = OLD.study_id AND status <> 'draft') THEN
    RAISE EXCEPTION 'dose group % belongs to a signed protocol: % is refused', OLD.code, TG_OP USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON dose_groups FOR EACH ROW EXECUTE FUNCTION doseline_refuse_group_change();

-- An animal keeps its study, and from its first dose on its group, starting dose, control and ladder. Everything else of
-- its record changes only by a row of animal_changes of the same transaction that says from what, to what and why.
CREATE FUNCTION doseline_refuse_animal_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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
    WHERE c.study_id = OLD.study_id AND c.animal_id = OLD.id AND c.created_in = this_transaction() AND NOT EXISTS (
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

CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON animals FOR EACH ROW EXECUTE FUNCTION doseline_refuse_animal_change();

-- Every animal has its state row, and nobody makes or removes one by hand.
CREATE FUNCTION doseline_add_animal_state() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO public.animal_states (study_id, animal_id) VALUES (NEW.study_id, NEW.id);
  RETURN NULL;
END $$;

CREATE TRIGGER add_animal_state AFTER INSERT ON animals FOR EACH ROW EXECUTE FUNCTION doseline_add_animal_state();

-- An import calls this when it has stored its rows: a query that is planned for the tables as they were before can take
-- minutes. Only a table's owner may analyze it. The order is fixed, so that of two imports one waits for the other.
CREATE FUNCTION doseline_analyze_studies() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  filled record;
BEGIN
  FOR filled IN SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
      AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'study_id')
    ORDER BY c.relname
  LOOP
    EXECUTE format('ANALYZE public.%I', filled.relname);
  END LOOP;
END $$;

-- prisma/sql/08-protocols.sql

-- Protocol versions: a draft, then signed, then in force from an instant that is not before its signature.

-- A signed or imported protocol version stays as it is; a draft may change, become signed, or go.
CREATE FUNCTION doseline_refuse_protocol_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.status <> 'draft' THEN
    RAISE EXCEPTION 'protocol version % is %: % is refused', OLD.version, OLD.status, TG_OP USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  IF NEW.study_id <> OLD.study_id OR NEW.version <> OLD.version THEN
    RAISE EXCEPTION 'a protocol version keeps its study and number' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON protocol_versions FOR EACH ROW EXECUTE FUNCTION doseline_refuse_protocol_change();

-- How a version begins, and what makes it signed. An amendment is in force from later than everything that is recorded:
-- observed is never after recorded, so nothing that was judged is judged again. The states are locked first, so that an
-- entry is recorded before the signature or judged after it; and a new animal waits for the study's row (registering
-- takes it shared).
CREATE FUNCTION doseline_check_protocol_version() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  latest record;
  last_recorded timestamptz;
BEGIN
  SELECT max(version) AS version, max(effective_from) AS effective_from INTO latest FROM public.protocol_versions
  WHERE study_id = NEW.study_id AND version <> NEW.version AND status <> 'draft';
  IF TG_OP = 'INSERT' THEN
    IF NEW.status = 'imported' AND EXISTS (
      SELECT FROM public.studies WHERE id = NEW.study_id AND imported AND created_in = this_transaction()
    ) THEN
      RETURN NEW;
    END IF;
    IF NEW.status <> 'draft' THEN
      RAISE EXCEPTION 'a protocol version begins as a draft' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.version <= latest.version THEN
      RAISE EXCEPTION 'protocol version % is not above version %', NEW.version, latest.version USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.status = 'draft' OR OLD.status <> 'draft' THEN
    RETURN NEW;
  END IF;
  IF NEW.status <> 'signed' THEN
    RAISE EXCEPTION 'a draft is signed, and becomes nothing else' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.signed_at NOT BETWEEN date_trunc('milliseconds', transaction_timestamp()) AND clock_timestamp() THEN
    RAISE EXCEPTION 'signed_at is set by the clock of the database, not by the writer' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.settings ->> 'effectiveFrom' IS DISTINCT FROM NEW.effective_from_text
     OR NEW.effective_from_text::timestamptz IS DISTINCT FROM NEW.effective_from THEN
    RAISE EXCEPTION 'the settings of protocol version % say another instant than it is in force from', NEW.version USING ERRCODE = 'check_violation';
  END IF;
  IF latest.version IS NULL THEN
    IF NEW.effective_from IS NOT NULL THEN
      RAISE EXCEPTION 'the first protocol version is in force from the beginning' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF btrim(COALESCE(NEW.settings ->> 'reason', '')) = '' THEN
    RAISE EXCEPTION 'an amendment has a reason' USING ERRCODE = 'check_violation';
  END IF;
  PERFORM FROM public.animal_states WHERE study_id = NEW.study_id ORDER BY animal_id FOR UPDATE;
  SELECT max(last_recorded_at) INTO last_recorded FROM public.animal_states WHERE study_id = NEW.study_id;
  IF NEW.effective_from IS NULL OR NEW.effective_from <= latest.effective_from OR NEW.effective_from <= last_recorded THEN
    RAISE EXCEPTION 'an amendment is in force from later than the version before it and than everything recorded' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER check_protocol_version BEFORE INSERT OR UPDATE ON protocol_versions FOR EACH ROW EXECUTE FUNCTION doseline_check_protocol_version();

-- Signed is what somebody signed: COMMIT refuses a version that became signed without a signature of its transaction.
CREATE FUNCTION doseline_require_protocol_signature() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM public.signatures
    WHERE study_id = NEW.study_id AND subject_kind IN ('protocol', 'amendment') AND subject = NEW.version::text
      AND signer = NEW.signed_by AND created_in = this_transaction()
  ) THEN
    RAISE EXCEPTION 'protocol version % becomes signed only with a signature', NEW.version USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER require_signature AFTER UPDATE ON protocol_versions DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.status = 'draft' AND NEW.status = 'signed') EXECUTE FUNCTION doseline_require_protocol_signature();

-- A change of what entries are judged by makes every state of the study out of date: it is taken away, under the lock that
-- entries take, so that no entry is judged by the old rules after the new ones. Once a version is in force the draft of the
-- next one judges nothing, and saving it leaves every state as it is.
CREATE FUNCTION doseline_count_rules_revision() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF COALESCE(NEW.status, 'draft') = 'draft' AND COALESCE(OLD.status, 'draft') = 'draft' AND EXISTS (
    SELECT FROM public.protocol_versions
    WHERE study_id = COALESCE(NEW.study_id, OLD.study_id) AND status <> 'draft'
  ) THEN
    RETURN NULL;
  END IF;
  PERFORM FROM public.animal_states WHERE study_id = COALESCE(NEW.study_id, OLD.study_id) ORDER BY animal_id FOR UPDATE;
  UPDATE public.animal_states SET state = NULL WHERE study_id = COALESCE(NEW.study_id, OLD.study_id);
  UPDATE public.studies SET rules_revision = rules_revision + 1 WHERE id = COALESCE(NEW.study_id, OLD.study_id);
  RETURN NULL;
END $$;

CREATE TRIGGER count_rules_revision AFTER INSERT OR UPDATE OR DELETE ON protocol_versions FOR EACH ROW EXECUTE FUNCTION doseline_count_rules_revision();

-- prisma/sql/09-decisions.sql

-- `recorded_at` is the database's clock, in the transaction's own time, or the millisecond after the animal's last where that
-- is later; only while a study is being made by an import may another instant be set. It rises with the run's number.
-- Each row by its keys: over the rows of a statement as a whole it was planned as a join with every run there is.
CREATE FUNCTION doseline_check_recorded_at() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.recorded_at NOT BETWEEN date_trunc('milliseconds', transaction_timestamp()) AND clock_timestamp()
     AND NOT EXISTS (SELECT FROM studies WHERE id = NEW.study_id AND imported AND created_in = this_transaction())
     AND NEW.recorded_at IS DISTINCT FROM (
       SELECT max(recorded_at) + interval '1 millisecond' FROM decision_runs
       WHERE study_id = NEW.study_id AND animal_id = NEW.animal_id AND recorded_at < NEW.recorded_at) THEN
    RAISE EXCEPTION 'recorded_at is set by the clock of the database, not by the writer' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.run_number > 1 AND NOT coalesce(
    (SELECT recorded_at FROM decision_runs WHERE study_id = NEW.study_id AND animal_id = NEW.animal_id AND run_number = NEW.run_number - 1) < NEW.recorded_at, false) THEN
    RAISE EXCEPTION 'the runs of an animal are numbered without gaps, in the order in which they were recorded' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER check_recorded_at AFTER INSERT ON decision_runs FOR EACH ROW EXECUTE FUNCTION doseline_check_recorded_at();

-- prisma/sql/10-signatures.sql

-- Whether a signature still holds is a comparison of its content with what stands now.

-- Name, instant and hash are the database's: nobody signs as another, at another time, or something else than it says.
CREATE FUNCTION doseline_complete_signature() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  account record;
  life text;
BEGIN
  IF current_setting('doseline.actor', true) IS DISTINCT FROM NEW.signer::text THEN
    RAISE EXCEPTION 'a signature is made by whoever is acting, and by nobody else' USING ERRCODE = 'check_violation';
  END IF;
  SELECT name, email, disabled_at INTO account FROM users WHERE id = NEW.signer;
  IF NOT FOUND OR account.disabled_at IS NOT NULL THEN
    RAISE EXCEPTION 'a disabled account signs nothing' USING ERRCODE = 'check_violation';
  END IF;
  SELECT status INTO life FROM studies WHERE id = NEW.study_id;
  IF life = 'archived' AND NEW.subject_kind <> 'audit_review' THEN
    RAISE EXCEPTION 'the study is archived: it is read, and no longer signed' USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  NEW.signer_name := account.name;
  NEW.signer_email := account.email;
  NEW.content_hash := sha256(convert_to(NEW.content, 'UTF8'));
  NEW.signed_at := clock_timestamp();
  NEW.created_in := this_transaction();
  RETURN NEW;
END $$;

CREATE TRIGGER complete_signature BEFORE INSERT ON signatures FOR EACH ROW EXECUTE FUNCTION doseline_complete_signature();

-- A signature's event says the whole of it: who, as what they were printed, what it means, of what, of which content, when.
CREATE FUNCTION doseline_check_signature_audited() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  said record;
BEGIN
  SELECT actor, new_value::jsonb AS value INTO said FROM audit_events
    WHERE study_id = NEW.study_id AND kind = 'SIGNED' AND subject = NEW.id::text AND created_in = NEW.created_in
    ORDER BY sequence DESC LIMIT 1;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'signature % has no event in the audit trail', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  IF said.actor IS DISTINCT FROM NEW.signer OR said.value IS NULL OR NOT said.value @> jsonb_build_object(
       'subjectKind', NEW.subject_kind, 'subject', NEW.subject, 'meaning', NEW.meaning, 'signerName', NEW.signer_name,
       'contentHash', encode(NEW.content_hash, 'hex'), 'list', NEW.list)
     OR (said.value ->> 'signedAt')::timestamptz IS DISTINCT FROM NEW.signed_at THEN
    RAISE EXCEPTION 'signature % is another one than its event in the audit trail says', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER check_audited AFTER INSERT ON signatures DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION doseline_check_signature_audited();

-- prisma/sql/11-accounts.sql

-- An account keeps its email for good, and is disabled rather than removed: no name in the record is ever somebody else's.
CREATE FUNCTION doseline_refuse_account_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    RAISE EXCEPTION 'accounts are disabled, never removed: % is refused', TG_OP USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.id <> OLD.id OR NEW.email <> OLD.email THEN
    RAISE EXCEPTION 'an account keeps its email' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER refuse_account_change BEFORE UPDATE OR DELETE ON users FOR EACH ROW EXECUTE FUNCTION doseline_refuse_account_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON users FOR EACH STATEMENT EXECUTE FUNCTION doseline_refuse_account_change();

-- A second factor at sign-in and at signatures: one-time codes of an app (RFC 6238), and recovery codes in their place.

-- Once set, of a factor only the last step goes on: another secret is another factor, after the first was taken off.
CREATE FUNCTION doseline_check_second_factor() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.set_at IS NOT NULL OR NEW.last_step <> 0 THEN
      RAISE EXCEPTION 'a second factor is set by a code, after it was begun' USING ERRCODE = 'check_violation';
    END IF;
    NEW.begun_at := clock_timestamp();
  ELSIF OLD.set_at IS NULL AND NEW.set_at IS NULL THEN
    IF (NEW.user_id, NEW.last_step) IS DISTINCT FROM (OLD.user_id, OLD.last_step) THEN
      RAISE EXCEPTION 'a second factor that is not set accepts no code' USING ERRCODE = 'check_violation';
    END IF;
    NEW.begun_at := clock_timestamp();
  ELSIF OLD.set_at IS NULL THEN
    IF (NEW.user_id, NEW.sealed, NEW.key_id, NEW.begun_at) IS DISTINCT FROM (OLD.user_id, OLD.sealed, OLD.key_id, OLD.begun_at) THEN
      RAISE EXCEPTION 'a second factor is set as it was begun' USING ERRCODE = 'check_violation';
    END IF;
    NEW.set_at := clock_timestamp();
  ELSIF to_jsonb(NEW) - 'last_step' IS DISTINCT FROM to_jsonb(OLD) - 'last_step' OR NEW.last_step <= OLD.last_step THEN
    RAISE EXCEPTION 'a second factor that is set is not changed; it is taken off, and its codes go only forward' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION doseline_check_recovery_code() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.used_at IS NOT NULL OR EXISTS (SELECT FROM public.second_factors WHERE user_id = NEW.user_id AND set_at IS NOT NULL) THEN
      RAISE EXCEPTION 'recovery codes are made as a second factor is set' USING ERRCODE = 'check_violation';
    END IF;
  ELSIF OLD.used_at IS NOT NULL OR NEW.used_at IS NULL OR (NEW.user_id, NEW.code_hash) IS DISTINCT FROM (OLD.user_id, OLD.code_hash) THEN
    RAISE EXCEPTION 'a recovery code is used once, and never changed' USING ERRCODE = 'restrict_violation';
  ELSE
    NEW.used_at := clock_timestamp();
  END IF;
  RETURN NEW;
END $$;

-- What is set, taken off or used is refused at COMMIT without its event of this very transaction. Whoever wrote that event
-- holds the chain's lock until then, so that it is among the last.
CREATE FUNCTION doseline_require_factor_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM (
      SELECT kind, created_in FROM public.audit_events WHERE chain = 'account:' || OLD.user_id ORDER BY sequence DESC LIMIT 8
    ) latest WHERE kind = TG_ARGV[0] AND created_in = this_transaction()
  ) THEN
    RAISE EXCEPTION '% of % without the event % in the audit trail is refused', TG_OP, TG_TABLE_NAME, TG_ARGV[0] USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER check_second_factor BEFORE INSERT OR UPDATE ON second_factors FOR EACH ROW EXECUTE FUNCTION doseline_check_second_factor();
CREATE CONSTRAINT TRIGGER require_audit_of_setting AFTER UPDATE ON second_factors DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.set_at IS DISTINCT FROM NEW.set_at) EXECUTE FUNCTION doseline_require_factor_audit('SECOND_FACTOR_SET');
CREATE CONSTRAINT TRIGGER require_audit_of_removal AFTER DELETE ON second_factors DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.set_at IS NOT NULL) EXECUTE FUNCTION doseline_require_factor_audit('SECOND_FACTOR_REMOVED');
CREATE TRIGGER check_recovery_code BEFORE INSERT OR UPDATE ON recovery_codes FOR EACH ROW EXECUTE FUNCTION doseline_check_recovery_code();
CREATE CONSTRAINT TRIGGER require_audit_of_use AFTER UPDATE ON recovery_codes DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION doseline_require_factor_audit('RECOVERY_CODE_USED');

-- prisma/sql/12-guard.sql

-- Every trigger holds for everybody, also in a replication session. A trigger's function is run by its own trigger, and by no
-- other (triggers run without asking who may call their function).
DO $$
DECLARE
  made record;
BEGIN
  FOR made IN SELECT tgrelid::regclass AS tab, tgname AS name FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid AND c.relnamespace = 'public'::regnamespace WHERE NOT tgisinternal
  LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', made.tab, made.name);
  END LOOP;
  FOR made IN SELECT oid::regprocedure AS name FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'doseline\_%' LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', made.name);
  END LOOP;
END $$;

-- prisma/sql/13-rights.sql

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

-- prisma/sql/14-seed.sql

-- The rows that every database has from the beginning.

INSERT INTO installations DEFAULT VALUES;

INSERT INTO audit_kinds (kind, chains) VALUES
  ('ANIMAL_REGISTERED', '{animal}'),
  ('ANIMAL_IMPORTED', '{animal}'),
  ('ANIMAL_CHANGED', '{animal}'),
  ('ANIMAL_DOSING_FIXED', '{animal}'),
  ('ENTRY_RECORDED', '{animal}'),
  ('ENTRY_IMPORTED', '{animal}'),
  ('ENTRY_CORRECTED', '{animal}'),
  ('ENTRY_VOIDED', '{animal}'),
  ('REVIEW_OPENED', '{animal}'),
  ('REVIEW_DECIDED', '{animal}'),
  ('STUDY_CREATED', '{study}'),
  ('STUDY_IMPORTED', '{study}'),
  ('PROTOCOL_DRAFTED', '{study}'),
  ('PROTOCOL_SIGNED', '{study}'),
  ('PROTOCOL_AMENDED', '{study}'),
  ('PROTOCOL_DRAFT_DISCARDED', '{study}'),
  ('PROTOCOL_IMPORTED', '{study}'),
  ('SIGNED', '{study}'),
  ('STUDY_LOCKED', '{study}'),
  ('STUDY_UNLOCKED', '{study}'),
  ('STUDY_ARCHIVED', '{study}'),
  ('MEMBERSHIP_CHANGED', '{study}'),
  ('BUNDLE_EXPORTED', '{study}'),
  ('AUDIT_EXPORTED', '{study,installation}'),
  ('AUDIT_REVIEWED', '{study}'),
  ('HISTORY_EXPORTED', '{study}'),
  ('ACCESS_REFUSED', '{study,account}'),
  ('RECORDING_REFUSED', '{study}'),
  ('USER_CREATED', '{account}'),
  ('USER_CHANGED', '{account}'),
  ('PASSWORD_CHANGED', '{account}'),
  ('PASSWORD_SET', '{account}'),
  ('SESSIONS_ENDED', '{account}'),
  ('TOKEN_ISSUED', '{account}'),
  ('TOKENS_REVOKED', '{account}'),
  ('SIGNED_IN', '{account}'),
  ('SIGNED_OUT', '{account}'),
  ('SIGN_IN_FAILED', '{account,installation}'),
  ('PASSWORD_REFUSED', '{account}'),
  ('ACCOUNT_LOCKED', '{account}'),
  ('SECOND_FACTOR_SET', '{account}'),
  ('SECOND_FACTOR_REMOVED', '{account}'),
  ('RECOVERY_CODE_USED', '{account}');
