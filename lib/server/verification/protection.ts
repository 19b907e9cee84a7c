import "server-only";
import type { AuditFault } from "@/lib/domain/audit/audit-fault";
import type { Transaction } from "@/lib/server/db/transaction";
import { PROTECTION } from "./protective-triggers";

type TriggerRow = { readonly name: string; readonly enabled: string };

/** Every trigger of the application's tables, "table.trigger", with how it is enabled: A is ALWAYS. */
export const storedTriggers = (transaction: Transaction): Promise<readonly TriggerRow[]> =>
  transaction.query<TriggerRow>({
    text: `SELECT concat(c.relname, '.', t.tgname) AS name, t.tgenabled::text AS enabled
           FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE n.nspname = 'public' AND NOT t.tgisinternal ORDER BY 1`,
  });

const STATES: Readonly<Record<string, string>> = {
  D: "is switched off",
  O: "is off in a replication session",
  R: "is on in a replication session alone",
};

/** What refuses changes and writes the trail, where it is missing or does not hold for everybody. */
export const protectionFaults = async (transaction: Transaction): Promise<readonly AuditFault[]> => {
  const stored = new Map((await storedTriggers(transaction)).map(({ name, enabled }) => [name, enabled]));
  return PROTECTION.flatMap((name) => {
    const enabled = stored.get(name);
    if (enabled === "A") return [];
    const what = enabled === undefined ? "is missing" : (STATES[enabled] ?? "is not on");
    return [
      {
        study: null,
        subject: "the database",
        sequence: null,
        kind: "unprotected",
        what: `the trigger ${name} ${what}`,
      },
    ];
  });
};
