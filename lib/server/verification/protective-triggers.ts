/**
 * Every trigger of the migrations, by table: what refuses changes, keeps the clock and writes the trail. All are ENABLE
 * ALWAYS, so that a replication session does not get past them either. A migration that makes one adds it here.
 */
const TRIGGERS: Readonly<Record<string, readonly string[]>> = {
  animal_changes: ["refuse_change", "refuse_truncate"],
  animals: [
    "add_animal_state",
    "refuse_change",
    "refuse_truncate",
    "refuse_when_locked",
    "require_audit",
    "require_audit_of_update",
  ],
  audit_checkpoints: ["check_checkpoint", "refuse_change", "refuse_truncate"],
  audit_events: ["chain_audit_event", "refuse_change", "refuse_truncate"],
  audit_kinds: ["refuse_change", "refuse_truncate"],
  audit_reviews: ["check_audit_review", "refuse_change", "refuse_truncate"],
  body_weights: ["refuse_change", "refuse_truncate"],
  chemistries: ["refuse_change", "refuse_truncate"],
  clinical_observations: ["refuse_change", "refuse_truncate"],
  complete_blood_counts: ["refuse_change", "refuse_truncate"],
  decision_event_closures: ["refuse_change", "refuse_truncate"],
  decision_events: ["refuse_change", "refuse_truncate"],
  decision_runs: ["check_recorded_at", "refuse_change", "refuse_truncate"],
  dispositions: ["refuse_change", "refuse_truncate"],
  dose_groups: ["refuse_change", "refuse_truncate", "refuse_when_locked", "require_audit", "require_audit_of_update"],
  doses_given: ["refuse_change", "refuse_truncate"],
  entries: ["refuse_change", "refuse_truncate", "refuse_when_locked", "require_audit"],
  installations: ["refuse_change", "refuse_truncate"],
  memberships: ["refuse_when_locked", "require_audit", "require_audit_of_update"],
  observation_findings: ["refuse_change", "refuse_truncate"],
  observation_signs: ["refuse_change", "refuse_truncate"],
  orders: ["refuse_change", "refuse_truncate"],
  protocol_versions: [
    "check_protocol_version",
    "count_rules_revision",
    "refuse_change",
    "refuse_truncate",
    "refuse_when_locked",
    "require_audit",
    "require_audit_of_update",
    "require_signature",
  ],
  recovery_codes: ["check_recovery_code", "refuse_truncate", "require_audit_of_use"],
  review_items: ["refuse_change", "refuse_truncate"],
  second_factors: ["check_second_factor", "refuse_truncate", "require_audit_of_removal", "require_audit_of_setting"],
  signatures: ["check_audited", "complete_signature", "refuse_change", "refuse_truncate"],
  studies: ["check_study_life", "refuse_delete", "refuse_truncate", "require_audit", "require_audit_of_update"],
  users: ["refuse_account_change", "refuse_truncate", "require_audit", "require_audit_of_update"],
};

/** As "table.trigger", sorted. */
export const PROTECTION: readonly string[] = Object.entries(TRIGGERS)
  .flatMap(([table, triggers]) => triggers.map((trigger) => `${table}.${trigger}`))
  .sort();
