/** Why an attempt was refused, as its audit event keeps it. */
export const REFUSAL_CAUSES = {
  NO_ACCESS: "no access to the study",
  ROLE: "not permitted for the role",
  STUDY_CLOSED: "study locked or archived",
  OWN_ACCOUNT: "own account",
  ENTRY_CONFLICT: "different content under a known entry id",
  UNKNOWN_ACCOUNT: "unknown account",
  ACCOUNT_LOCKED: "account locked",
  ACCOUNT_DISABLED: "account disabled",
  WRONG_PASSWORD: "wrong password",
  CODE_MISSING: "authenticator code missing",
  CODE_WRONG: "wrong authenticator code",
  CODE_USED: "authenticator code used before",
  CODE_UNREADABLE: "two-factor authentication set up under another server secret",
  MALFORMED: "not an email address, or no password",
} as const satisfies Readonly<Record<string, string>>;

export type RefusalCause = keyof typeof REFUSAL_CAUSES;

const isCause = (cause: string): cause is RefusalCause => Object.hasOwn(REFUSAL_CAUSES, cause);

/** The words for a cause read from an event; a cause that this version does not know is named as it is. */
export const refusalWords = (cause: string): string => (isCause(cause) ? REFUSAL_CAUSES[cause] : cause);
