/**
 * Every kind of event that the audit trail holds, in the past tense, and what each says. The set is closed: what is not
 * here cannot be written. `oldValue` and `newValue` are JSON.
 */
export const AUDIT_KINDS = {
  // On an animal's chain.
  ANIMAL_REGISTERED: "An animal came into the study. newValue: its fields as a bundle writes them, without its dosing",
  ANIMAL_IMPORTED: "An animal came with a bundle. newValue: its document in that bundle",
  ANIMAL_CHANGED: "An animal's own record was changed, for a reason. Both values: all of its fields",
  ANIMAL_DOSING_FIXED:
    "With its first dose an animal's starting dose, control and dose levels became its own. newValue: all of its fields",
  ENTRY_RECORDED: "An entry was recorded. newValue: its document",
  ENTRY_IMPORTED: "An entry came with a bundle, correction or not. newValue: its document in that bundle",
  ENTRY_CORRECTED: "An entry was replaced by another version. oldValue: the document of the version before",
  ENTRY_VOIDED: "A record was taken back. newValue: the void; oldValue: the document of the version that stood",

  REVIEW_DECIDED:
    "The study director decided and signed what a correction, a void or a late entry had changed. subject: the item; newValue: the signature's id, its meaning, the decision",

  // On a study's chain.
  STUDY_CREATED: "A study was made. newValue: its columns",
  STUDY_IMPORTED: "A study was made of a bundle. newValue: its columns, with what the bundle said beside them",
  PROTOCOL_DRAFTED: "The draft of a protocol version was saved. newValue: settings and dose groups, whole",
  PROTOCOL_SIGNED: "A protocol version was signed. newValue: settings and dose groups as signed",
  PROTOCOL_AMENDED:
    "An amendment was signed. newValue: settings and dose groups as signed, and from when; reason: the amendment's",
  PROTOCOL_DRAFT_DISCARDED: "The draft of an amendment was discarded. oldValue: what it was",
  PROTOCOL_IMPORTED: "A protocol version came with a bundle. newValue: settings and dose groups",
  SIGNED:
    "Something was signed. subject: the signature's id; newValue: what was signed, what it means, and the hash of its content",
  STUDY_LOCKED: "The data were declared complete: nothing is entered. reason: why; both values: the study's status",
  STUDY_UNLOCKED: "The study was opened again. reason: why; both values: the study's status",
  STUDY_ARCHIVED: "The study is kept, and no longer changed. reason: why; both values: the study's status",
  MEMBERSHIP_CHANGED: "Somebody's roles in the study were set; none is out. subject: whose; both values: the roles",
  BUNDLE_EXPORTED: "The study left as a bundle",
  AUDIT_EXPORTED: "An audit trail left as a file. subject: its name; newValue: the filters",
  AUDIT_REVIEWED:
    "Exceptions were marked as reviewed, signed. subject: the signature; newValue: which; reason: what was found",
  HISTORY_EXPORTED: "The dose-modification history left as a file. subject: its name; newValue: filters, rows and hash",
  ACCESS_REFUSED: "Somebody tried what their roles do not allow. subject: the action",
  RECORDING_REFUSED: "Entries were refused for want of the right to record them. newValue: what was tried",

  // On an account's chain.
  USER_CREATED: "An account was made. newValue: who, and what it may do in the installation",
  USER_CHANGED: "An account's name, standing or use was changed. Both values: as in USER_CREATED",
  PASSWORD_CHANGED: "Somebody replaced their own password; their sessions and tokens ended",
  PASSWORD_SET: "An administrator gave an account a new password; its sessions and tokens ended",
  SESSIONS_ENDED: "Every session and token of an account was ended",
  TOKEN_ISSUED: "A personal token was issued. subject: its label",
  TOKENS_REVOKED: "Somebody revoked their own tokens. newValue: how many",
  SIGNED_IN: "Somebody signed in",
  SIGNED_OUT: "Somebody signed out",
  SIGN_IN_FAILED:
    "A sign-in failed: subject is what was typed as the email, reason why. Of an unknown account it is on the installation's chain",
  PASSWORD_REFUSED: "Somebody signed in typed a wrong password where it was asked for again, or was locked out",
  ACCOUNT_LOCKED: "Too many wrong passwords locked an account for a while",
} as const satisfies Readonly<Record<string, string>>;

export type AuditKind = keyof typeof AUDIT_KINDS;

/** Where an event came from: a browser's session, a personal token, the server's console, an import, or the system itself. */
export const AUDIT_ORIGINS = ["session", "token", "console", "import", "system"] as const;
export type AuditOrigin = (typeof AUDIT_ORIGINS)[number];
