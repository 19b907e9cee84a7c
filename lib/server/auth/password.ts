import "server-only";
import { hash, verify } from "@node-rs/argon2";

/** Argon2id, 19 MiB, two passes, one lane: the parameters that OWASP names first for it. */
export const PASSWORD_COST = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const hashPassword = (password: string): Promise<string> => hash(password.normalize("NFKC"), PASSWORD_COST);

let hashOfNobody: Promise<string> | undefined;

/**
 * Whether it is the password. Where there is no account, or the answer must be no, the same work is done against a
 * hash that belongs to nobody, so that the time taken tells nothing.
 */
export const passwordMatches = async (stored: string | null, password: string): Promise<boolean> => {
  hashOfNobody ??= hashPassword("a password that nobody has, hashed for its cost");
  const matches = await verify(stored ?? (await hashOfNobody), password.normalize("NFKC"));
  return stored !== null && matches;
};

const FEWEST_DIFFERENT_CHARACTERS = 6;

/** What makes a password too easy, in words that follow "the password"; null when nothing does. */
export const passwordWeakness = (password: string, email: string): string | null => {
  const lower = password.toLowerCase();
  const [localPart = ""] = email.split("@");
  if (localPart.length > 3 && lower.includes(localPart)) return "must not contain the name in the email address";
  if (new Set(lower).size < FEWEST_DIFFERENT_CHARACTERS) {
    return `must have at least ${FEWEST_DIFFERENT_CHARACTERS} different characters`;
  }
  if (/^(?:(.{1,6})\1+|[a-z]*password[^a-z]*|0?1234567890?.{0,4}|qwerty.*)$/.test(lower))
    return "is one of the first that anybody would try";
  return null;
};
