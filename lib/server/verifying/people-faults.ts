import "server-only";
import { accountChain } from "@/lib/domain/trail/chain";
import type { ChainedEvent } from "@/lib/domain/trail/chain";
import { valueOf } from "@/lib/domain/proof/compare-entries";
import type { PlacedFault } from "@/lib/domain/proof/compare-entries";
import type { Transaction } from "@/lib/server/db/transaction";
import type { CheckedChain } from "./chain-reading";
import { asObject, recordFaults, rowFaults } from "./record-comparison";
import type { Document, Said } from "./record-comparison";

const rolesOf = ({ newValue }: ChainedEvent): readonly string[] => {
  const roles = valueOf(newValue);
  return (Array.isArray(roles) ? roles : []).map(String).sort();
};

/** Who has which roles in a study, against the latest event that set those of each person. Nobody's are none. */
export const membershipFaults = async (
  transaction: Transaction,
  studyId: number,
  checked: CheckedChain,
): Promise<readonly PlacedFault[]> => {
  const rows = await transaction.query<{ readonly email: string; readonly roles: readonly string[] }>({
    text: `SELECT lower(u.email) AS email, array_agg(m.role) AS roles FROM memberships m JOIN users u ON u.id = m.user_id
           WHERE m.study_id = $1 GROUP BY lower(u.email)`,
    values: [studyId],
  });
  const now = new Map<string, Document>(rows.map(({ email, roles }) => [email, { roles: [...roles].sort() }]));
  const said = new Map<string, Said>();
  for (const event of checked.events) {
    if (event.kind !== "MEMBERSHIP_CHANGED" || event.subject === null) continue;
    const email = event.subject.toLowerCase();
    said.set(email, { event, recorded: { roles: rolesOf(event) } });
    if (rolesOf(event).length === 0 && !now.has(email)) now.set(email, { roles: [] });
  }
  return rowFaults(checked, (email) => `the membership of ${email}`, said, now);
};

/** What of an account an event says, and its row has. */
const COMPARED = ["email", "name", "administrator", "auditor", "everyStudyRoles", "disabled"] as const;

const compared = (account: Document): Document => Object.fromEntries(COMPARED.map((key) => [key, account[key]]));

type Account = Document & { readonly id: string };

/** Every account, by the name of its chain. */
export const storedAccounts = async (transaction: Transaction): Promise<ReadonlyMap<string, Document>> => {
  const rows = await transaction.query<Account>({
    text: `SELECT u.id::text, email, name, administrator, auditor, every_study_roles AS "everyStudyRoles", disabled_at IS NOT NULL AS disabled,
             f.set_at IS NOT NULL AS "secondFactor"
           FROM users u LEFT JOIN second_factors f ON f.user_id = u.id`,
  });
  return new Map(rows.map((row) => [accountChain(row.id), row]));
};

const CHANGES = new Set(["USER_CREATED", "USER_CHANGED"]);

const FACTOR_CHANGES = new Set(["SECOND_FACTOR_SET", "SECOND_FACTOR_REMOVED"]);

/** Whether codes are asked for, against the latest event that set or removed the second factor. */
const factorFaults = (checked: CheckedChain, account: Document): readonly PlacedFault[] => {
  const event = checked.events.findLast(({ kind }) => FACTOR_CHANGES.has(kind));
  const isSet = event?.kind === "SECOND_FACTOR_SET";
  if (isSet === account["secondFactor"]) return [];
  const now = account["secondFactor"] === true ? { isSet: true } : null;
  return recordFaults(checked, {
    what: `the second factor of ${String(account["email"])}`,
    event: isSet ? event : undefined,
    recorded: { isSet },
    now,
  });
};

/** An account against the latest event that says all of it, with its second factor. */
export const accountFaults = (checked: CheckedChain, account: Document | undefined): readonly PlacedFault[] => {
  const event = checked.events.findLast(({ kind, newValue }) => CHANGES.has(kind) && newValue !== null);
  const recorded = compared(asObject(valueOf(event?.newValue ?? null)));
  const email = account?.["email"] ?? recorded["email"];
  const now = account === undefined ? null : compared(account);
  if (event === undefined && now === null) return [];
  return [
    ...recordFaults(checked, { what: `the account of ${String(email)}`, event, recorded, now }),
    ...(account === undefined ? [] : factorFaults(checked, account)),
  ];
};
