import { LateMark } from "@/components/ui/late-mark";
import { Cell, HeadCell, IdentityCell, Table } from "@/components/ui/table";
import type { AuditEvent } from "@/lib/contracts/audit";
import { AUDIT_KINDS } from "@/lib/domain/trail/events";
import { lateTextOfEvent } from "@/lib/domain/trail/late-event";
import { kindTitle } from "@/lib/domain/trail/value-differences";
import { localDateText, localInstantText } from "@/lib/domain/time/local-time";
import { ValueChange } from "./value-change";

type EventTableProps = {
  readonly events: readonly AuditEvent[];
  readonly timeZone: string;
  /** Where what an event is about is looked at; null for what has no page. */
  readonly hrefOf: (event: AuditEvent) => string | null;
  /** What else this person did. */
  readonly personHref: (person: string) => string;
};

const ORIGINS: Readonly<Record<string, string>> = {
  session: "in a browser",
  token: "by a token",
  console: "at the server's console",
  import: "by an import",
  system: "by the system",
};

const isKind = (kind: string): kind is keyof typeof AUDIT_KINDS => Object.hasOwn(AUDIT_KINDS, kind);

const About = ({ event, href }: { readonly event: AuditEvent; readonly href: string | null }) => {
  const { animal, entry, subject, reason, kind } = event;
  const what = animal ?? (subject !== null && kind.startsWith("PROTOCOL_") ? `version ${subject}` : subject);
  return (
    <>
      {what === null ? null : href === null ? (
        <span className="wrap-anywhere">{what}</span>
      ) : (
        <a href={href} className="font-medium wrap-anywhere underline-offset-4 hover:underline">
          {what}
        </a>
      )}
      {entry === null ? null : <span className="block text-xs wrap-anywhere text-ink-faint">entry {entry}</span>}
      {animal === null || subject === null || subject === animal ? null : (
        <span className="block text-xs wrap-anywhere">{subject}</span>
      )}
      {reason === null ? null : <span className="block text-sm wrap-anywhere">“{reason}”</span>}
    </>
  );
};

/** An email, broken before its @ where it has to be. */
const Person = ({ email }: { readonly email: string }) => {
  const [name, ...domain] = email.split("@");
  return (
    <>
      {name}
      {domain.length === 0 ? null : (
        <>
          <wbr />@{domain.join("@")}
        </>
      )}
    </>
  );
};

const Row = ({
  event,
  timeZone,
  href,
  personHref,
}: { readonly event: AuditEvent; readonly href: string | null } & Pick<EventTableProps, "timeZone" | "personHref">) => {
  const { chain, sequence, at, kind, actor, roles, origin, address, hash, oldValue, newValue } = event;
  const ms = Date.parse(at);
  const late = lateTextOfEvent(event);
  return (
    <tr className="may-break">
      <IdentityCell className="align-top font-normal">
        {localDateText(ms, timeZone)}
        <span className="block text-sm text-ink-soft">{localInstantText(ms, timeZone).slice(11, 23)}</span>
        <span className="block max-w-40 text-xs wrap-anywhere whitespace-normal text-ink-faint">
          {chain} {sequence}
        </span>
        <code
          className="block font-mono text-xs text-ink-faint"
          title={`SHA-256 of the event and all before it in its chain: ${hash}`}
        >
          {hash.slice(0, 12)}
        </code>
      </IdentityCell>
      <Cell className="min-w-44 align-top">
        <span className="block font-medium" title={isKind(kind) ? AUDIT_KINDS[kind].says : undefined}>
          {kindTitle(kind)}
        </span>
        {late === null ? null : (
          <span className="mt-0.5 block">
            <LateMark late={late} />
          </span>
        )}
        <About event={event} href={href} />
      </Cell>
      <Cell className="min-w-36 align-top">
        <a
          href={personHref(actor)}
          title="All that this person did"
          className="wrap-anywhere underline-offset-4 hover:underline"
        >
          <Person email={actor} />
        </a>
        <span className="block text-xs text-ink-soft">
          {roles === "" ? "" : `${roles.replaceAll("_", " ").replaceAll(",", ", ")}, `}
          {ORIGINS[origin] ?? origin}
        </span>
        {address === null ? null : (
          <span className="block max-w-56 truncate text-xs text-ink-faint print:max-w-none print:wrap-anywhere print:whitespace-normal">
            {address}
          </span>
        )}
      </Cell>
      <Cell className="min-w-64 align-top">
        <ValueChange oldValue={oldValue} newValue={newValue} timeZone={timeZone} />
      </Cell>
    </tr>
  );
};

/** Events as they were written, the latest first: when, what, about what, who, what was before and after, and its place. */
export const EventTable = ({ events, timeZone, hrefOf, personHref }: EventTableProps) => (
  <Table caption="Audit trail" maxHeight="most">
    <thead>
      <tr>
        <HeadCell identity>
          When ({timeZone})<span className="block font-normal">Chain, place, hash</span>
        </HeadCell>
        <HeadCell>What, and about what</HeadCell>
        <HeadCell>Who</HeadCell>
        <HeadCell>Before and after</HeadCell>
      </tr>
    </thead>
    <tbody>
      {events.map((event) => (
        <Row
          key={`${event.chain} ${event.sequence}`}
          event={event}
          timeZone={timeZone}
          href={hrefOf(event)}
          personHref={personHref}
        />
      ))}
    </tbody>
  </Table>
);
