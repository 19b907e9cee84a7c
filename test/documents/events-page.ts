import { AUDIT_KINDS, AUDIT_ORIGINS, CHAIN_SCOPES } from "../../lib/domain/trail/events";
import type { AuditKindWords, ChainScope } from "../../lib/domain/trail/events";

const HEADINGS: Readonly<Record<ChainScope, string>> = {
  animal: "On an animal's chain (`animal:CODE:ID`)",
  study: "On a study's chain (`study:CODE`)",
  account: "On an account's chain (`account:ID`)",
  installation: "On the installation's own chain (`installation`)",
};

const ABOVE = `# The events of the audit trail

Made of \`lib/domain/trail/events.ts\`; a test fails where the two differ, and
\`npm run test:unit -- test/documents/events-page -u\` writes this page anew. The set is closed: the database has it as the
table \`audit_kinds\`, and refuses another kind, or a kind on a chain that is not its own, to every login.

Every event has its chain and its number in it, the instant by the database's clock, its kind, who acted (the account, and its
email at the time; or the system, the console, whoever did not get in), the roles held then, where it came from
(${AUDIT_ORIGINS.map((origin) => `\`${origin}\``).join(", ")}) with the remote address and program as far as they are
known, the study and animal that its chain is of, the entry that it recorded, and the hash of the event before it. Beside that,
what is listed below: **about** is the event's subject; **before** and **after** are its old and new value, as JSON; what is not
listed is empty.
`;

const LABELS = [
  ["subject", "about"],
  ["oldValue", "before"],
  ["newValue", "after"],
  ["reason", "reason"],
] as const satisfies readonly (readonly [keyof AuditKindWords, string])[];

const kindText = (kind: string, words: AuditKindWords): string => {
  const columns = LABELS.flatMap(([column, label]) => {
    const holds = words[column];
    return holds === undefined ? [] : [`- **${label}**: ${holds}`];
  });
  return [`### ${kind}`, `${words.says}.`, ...(columns.length === 0 ? [] : [columns.join("\n")])].join("\n\n");
};

/** The closed set for people to read, as docs/audit-events.md has it. A kind of several chains stands under each. */
export const eventsPage = (): string => {
  const kinds: readonly (readonly [string, AuditKindWords])[] = Object.entries(AUDIT_KINDS);
  const sections = CHAIN_SCOPES.map((scope) => {
    const own = kinds.filter(([, { chains }]) => chains.includes(scope));
    return [`## ${HEADINGS[scope]}`, ...own.map(([kind, words]) => kindText(kind, words))].join("\n\n");
  });
  return `${[ABOVE.trimEnd(), ...sections].join("\n\n")}\n`;
};
