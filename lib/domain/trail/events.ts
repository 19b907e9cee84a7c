/** What the chains are of: what comes before the colon of a chain's name. */
export const CHAIN_SCOPES = ["animal", "study", "account", "installation"] as const;
export type ChainScope = (typeof CHAIN_SCOPES)[number];

/** A kind of event: on which chains it stands, what it says, and what its columns hold. Left out: the column is empty. */
export type AuditKindWords = {
  readonly chains: readonly [ChainScope, ...ChainScope[]];
  readonly says: string;
  readonly subject?: string;
  readonly oldValue?: string;
  readonly newValue?: string;
  readonly reason?: string;
};

const TAG = "the animal's tag";
const SIGNED_REASON = "what the person who signs wrote";
const STATUS = "the study's status";
const ACCOUNT = "the account's email";
const VERSION = "the version's number";
const ALL_FIELDS = "all fields of the animal, as a bundle writes them";
const WHO_AND_WHAT = "email, name, administrator, auditor, roles in every study, disabled";

/**
 * Every kind of event that the audit trail holds, in the past tense. The set is closed: what is not here, and in the
 * database's own table of kinds, cannot be written. docs/audit-events.md is made of it.
 */
export const AUDIT_KINDS = {
  ANIMAL_REGISTERED: {
    chains: ["animal"],
    says: "An animal came into the study",
    subject: TAG,
    newValue: "its fields as a bundle writes them, without its dosing",
  },
  ANIMAL_IMPORTED: {
    chains: ["animal"],
    says: "An animal came with a bundle",
    subject: TAG,
    newValue: "its document in that bundle",
  },
  ANIMAL_CHANGED: {
    chains: ["animal"],
    says: "An animal's own record was changed, for a reason",
    subject: "the animal's tag after the change",
    oldValue: ALL_FIELDS,
    newValue: ALL_FIELDS,
    reason: "why",
  },
  ANIMAL_DOSING_FIXED: {
    chains: ["animal"],
    says: "With its first dose an animal's starting dose, control and dose levels became its own",
    subject: TAG,
    oldValue: ALL_FIELDS,
    newValue: ALL_FIELDS,
  },
  ENTRY_RECORDED: {
    chains: ["animal"],
    says: "An entry was recorded",
    subject: TAG,
    newValue: "its document",
    reason: "of an order: why",
  },
  ENTRY_IMPORTED: {
    chains: ["animal"],
    says: "An entry came with a bundle, correction or not",
    subject: TAG,
    newValue: "its document in that bundle",
  },
  ENTRY_CORRECTED: {
    chains: ["animal"],
    says: "An entry was replaced by another version",
    subject: TAG,
    oldValue: "the document of the version before",
    newValue: "the document of the new one",
    reason: "why",
  },
  ENTRY_VOIDED: {
    chains: ["animal"],
    says: "A record was taken back",
    subject: TAG,
    oldValue: "the document of the version that stood",
    newValue: "the void's document",
    reason: "why",
  },
  REVIEW_OPENED: {
    chains: ["animal"],
    says: "A correction, a void or a late entry changed decisions, and an item was made for the study director",
    subject: "the item's id",
    newValue: "the entry, whether it was a correction, a void or late, the instant, the SHA-256 of the impact",
  },
  REVIEW_DECIDED: {
    chains: ["animal"],
    says: "The study director decided and signed what a correction, a void or a late entry had changed",
    subject: "the item's id",
    newValue: "the signature's id, its meaning, the decision",
  },

  STUDY_CREATED: { chains: ["study"], says: "A study was made", newValue: "its columns" },
  STUDY_IMPORTED: {
    chains: ["study"],
    says: "A study was made of a bundle",
    subject: "the study's code",
    newValue: "its columns, with what the bundle said beside them",
  },
  PROTOCOL_DRAFTED: {
    chains: ["study"],
    says: "The draft of a protocol version was saved",
    subject: VERSION,
    oldValue: "settings and dose groups of the draft before, whole",
    newValue: "settings and dose groups, whole",
  },
  PROTOCOL_SIGNED: {
    chains: ["study"],
    says: "The first protocol version was signed, and the study is active",
    subject: VERSION,
    newValue: "settings and dose groups as signed",
  },
  PROTOCOL_AMENDED: {
    chains: ["study"],
    says: "An amendment was signed",
    subject: VERSION,
    newValue: "settings and dose groups as signed, and from when they are in force",
    reason: "the amendment's",
  },
  PROTOCOL_DRAFT_DISCARDED: {
    chains: ["study"],
    says: "The draft of an amendment was discarded",
    subject: VERSION,
    oldValue: "settings and dose groups, whole",
  },
  PROTOCOL_IMPORTED: {
    chains: ["study"],
    says: "A protocol version came with a bundle",
    subject: VERSION,
    newValue: "settings and dose groups",
  },
  SIGNED: {
    chains: ["study"],
    says: "Something was signed",
    subject: "the signature's id",
    newValue:
      "what was signed, what it means, the printed name, the instant, the SHA-256 of the content, the list it was read in",
  },
  STUDY_LOCKED: {
    chains: ["study"],
    says: "The data were declared complete: nothing is entered",
    oldValue: STATUS,
    newValue: STATUS,
    reason: SIGNED_REASON,
  },
  STUDY_UNLOCKED: {
    chains: ["study"],
    says: "The study was opened again",
    oldValue: STATUS,
    newValue: STATUS,
    reason: SIGNED_REASON,
  },
  STUDY_ARCHIVED: {
    chains: ["study"],
    says: "The study is kept, and no longer changed",
    oldValue: STATUS,
    newValue: STATUS,
    reason: SIGNED_REASON,
  },
  MEMBERSHIP_CHANGED: {
    chains: ["study"],
    says: "Somebody's roles in the study were set; none is out",
    subject: "whose: the account's email",
    oldValue: "the roles",
    newValue: "the roles",
  },
  BUNDLE_EXPORTED: {
    chains: ["study"],
    says: "The study left as a bundle",
    newValue: "whether with its proof, and as known when",
  },
  AUDIT_EXPORTED: {
    chains: ["study", "installation"],
    says: "An audit trail left as a file",
    subject: "the file's name",
    newValue: "the filters",
  },
  AUDIT_REVIEWED: {
    chains: ["study"],
    says: "Exceptions were marked as reviewed, signed",
    subject: "the signature's id",
    newValue: "which, and the signature's meaning",
    reason: "what was found",
  },
  HISTORY_EXPORTED: {
    chains: ["study"],
    says: "The dose-modification history left as a file",
    subject: "the file's name",
    newValue: "the filters, how many rows, the SHA-256 of the table",
  },
  ACCESS_REFUSED: {
    chains: ["study", "account"],
    says: "Somebody tried what their roles do not allow, or what the study's life does not",
    subject: "the action",
    newValue: "the code of the cause",
  },
  RECORDING_REFUSED: {
    chains: ["study"],
    says: "Entries were refused for want of the right to record them, or as other content under a known id",
    subject: "the error's code",
    newValue: "the code of the cause; id, animal and kind of each entry that was sent",
  },

  USER_CREATED: { chains: ["account"], says: "An account was made", subject: ACCOUNT, newValue: WHO_AND_WHAT },
  USER_CHANGED: {
    chains: ["account"],
    says: "An account's name, standing or use was changed",
    subject: ACCOUNT,
    oldValue: WHO_AND_WHAT,
    newValue: WHO_AND_WHAT,
  },
  PASSWORD_CHANGED: {
    chains: ["account"],
    says: "Somebody replaced their own password; their sessions and tokens ended",
    subject: ACCOUNT,
  },
  PASSWORD_SET: {
    chains: ["account"],
    says: "An administrator gave an account a new password; its sessions and tokens ended",
    subject: ACCOUNT,
  },
  SESSIONS_ENDED: {
    chains: ["account"],
    says: "Every session and token of an account was ended",
    subject: ACCOUNT,
  },
  TOKEN_ISSUED: { chains: ["account"], says: "A personal token was issued", subject: "its label" },
  TOKENS_REVOKED: {
    chains: ["account"],
    says: "Somebody revoked their own tokens",
    subject: ACCOUNT,
    newValue: "how many",
  },
  SECOND_FACTOR_SET: {
    chains: ["account"],
    says: "Somebody set a second factor for their account: from then on a code is asked for beside the password",
    subject: ACCOUNT,
  },
  SECOND_FACTOR_REMOVED: {
    chains: ["account"],
    says: "A second factor was taken off: by its owner, or by an administrator, whereby sessions and tokens ended",
    subject: ACCOUNT,
    reason: "of an administrator: why",
  },
  RECOVERY_CODE_USED: {
    chains: ["account"],
    says: "A recovery code was accepted in place of a code of the app",
    subject: ACCOUNT,
    newValue: "how many are left",
  },
  SIGNED_IN: { chains: ["account"], says: "Somebody signed in", subject: ACCOUNT },
  SIGNED_OUT: { chains: ["account"], says: "Somebody signed out", subject: ACCOUNT },
  SIGN_IN_FAILED: {
    chains: ["account", "installation"],
    says: "A sign-in failed; of an unknown account it is on the installation's chain",
    subject: "what was typed as the email, where it was one",
    newValue: "the code of the cause",
  },
  PASSWORD_REFUSED: {
    chains: ["account"],
    says: "Somebody signed in typed a wrong password or code where they were asked for again, or was locked out",
    subject: ACCOUNT,
    newValue: "the code of the cause",
  },
  ACCOUNT_LOCKED: {
    chains: ["account"],
    says: "Too many wrong passwords or codes locked an account for a while",
    subject: ACCOUNT,
  },
} as const satisfies Readonly<Record<string, AuditKindWords>>;

export type AuditKind = keyof typeof AUDIT_KINDS;

/** Where an event came from: a browser's session, a personal token, the server's console, an import, or the system itself. */
export const AUDIT_ORIGINS = ["session", "token", "console", "import", "system"] as const;
export type AuditOrigin = (typeof AUDIT_ORIGINS)[number];
