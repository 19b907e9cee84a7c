import type { EntryKind } from "../record/log-entry";

/** What a person can be: the first three in one study, the administrator in the whole installation. */
export const ROLES = ["technician", "study_director", "auditor", "administrator"] as const;
export type Role = (typeof ROLES)[number];

/** The roles that a membership gives in one study. */
export const STUDY_ROLES = ["technician", "study_director", "auditor"] as const;
export type StudyRole = (typeof STUDY_ROLES)[number];

const T: Role = "technician";
const D: Role = "study_director";
const A: Role = "auditor";
const M: Role = "administrator";

/**
 * Who may do what: the only place where it is decided. A row that is not here is an action that nobody may do.
 * The administrator reads, so that an import can be checked, and never enters study data.
 */
export const PERMISSIONS = {
  "study.create": [M],
  "study.import": [M],
  "user.manage": [M],
  "membership.manage": [M],

  "study.read": [T, D, A, M],
  "history.export": [D, A, M],
  "bundle.export": [D, A, M],
  "audit.read": [D, A, M],
  "audit.read-installation": [A, M],

  "protocol.draft": [D],
  "protocol.sign": [D],
  "animal.register": [D],
  "animal.change": [D],
  "animal.move": [T, D],

  "entry.record.weight": [T, D],
  "entry.record.cbc": [T, D],
  "entry.record.lft": [T, D],
  "entry.record.observation": [T, D],
  "entry.record.dose": [T, D],
  "entry.record.disposition": [T, D],
  "entry.correct-own": [T, D],
  "entry.correct-any": [D],

  "order.withhold": [T, D],
  "order.any": [D],

  "study.lock": [D],
  "study.unlock": [D],
  "study.archive": [D],

  "sign.protocol": [D],
  "sign.amendment": [D],
  "sign.order": [D],
  "sign.override": [D],
  "sign.deviation": [D],
  "sign.review": [D],
  "sign.lock": [D],
  "sign.unlock": [D],
  "sign.archive": [D],
  "sign.audit_review": [A],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Action = keyof typeof PERMISSIONS;

/** What changes a study's record or rules: refused to everybody while the study is locked or archived. */
const CHANGES: ReadonlySet<Action> = new Set([
  "protocol.draft",
  "protocol.sign",
  "animal.register",
  "animal.change",
  "animal.move",
]);

export const changesStudy = (action: Action): boolean => CHANGES.has(action);

/** Whether one of these roles may do it. Anything unknown may not. */
export const permits = (roles: readonly string[], action: string): boolean => {
  if (!Object.hasOwn(PERMISSIONS, action)) return false;
  const allowed: readonly string[] = PERMISSIONS[action as Action];
  return roles.some((role) => allowed.includes(role));
};

type OrderAction = "WITHHOLD" | "RESUME" | "SET_DOSE" | "DISCONTINUE";

/** What somebody is about to record: a new entry of a kind, perhaps in place of an earlier one, or a void (`kind` null). */
export type RecordingIntent = {
  readonly kind: EntryKind | null;
  readonly orderAction: OrderAction | null;
  readonly amends: { readonly kind: EntryKind; readonly own: boolean } | null;
};

const recordingAction = (kind: EntryKind, orderAction: OrderAction | null): Action => {
  if (kind !== "order") return `entry.record.${kind}`;
  return orderAction === "WITHHOLD" ? "order.withhold" : "order.any";
};

/**
 * Every action that this recording is. To take back or rewrite an order is to order: otherwise a technician could
 * end a hold by correcting it away.
 */
export const actionsOfRecording = (intent: RecordingIntent): readonly Action[] => {
  const actions: Action[] = [];
  if (intent.kind !== null) actions.push(recordingAction(intent.kind, intent.orderAction));
  if (intent.amends !== null) {
    actions.push(intent.amends.own ? "entry.correct-own" : "entry.correct-any");
    if (intent.amends.kind === "order") actions.push("order.any");
  }
  return actions;
};

/** Whether one of these roles may correct or void an entry of that kind; of what a technician recorded, their own. */
export const mayAmend = (roles: readonly string[], amends: NonNullable<RecordingIntent["amends"]>): boolean =>
  actionsOfRecording({ kind: null, orderAction: null, amends }).every((action) => permits(roles, action));

/**
 * What of a person counts in every study: administrator and auditor of the installation, and whether memberships as
 * auditor limit that auditor to some studies.
 */
export type Standing = {
  readonly administrator: boolean;
  readonly auditor: boolean;
  readonly auditsSomeOnly: boolean;
};

/**
 * The roles a person has in one study: those of the membership there, and those that hold everywhere. Where technician
 * and auditor meet nevertheless, the writing role is the one that does not count.
 */
export const rolesInStudy = (standing: Standing, memberships: readonly string[]): readonly Role[] => {
  const auditor = memberships.includes("auditor") || (standing.auditor && !standing.auditsSomeOnly);
  return ROLES.filter((role) => {
    if (role === "administrator") return standing.administrator;
    if (role === "auditor") return auditor;
    if (role === "technician") return memberships.includes(role) && !auditor;
    return memberships.includes(role);
  });
};
