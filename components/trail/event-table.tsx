import { HeadCell, Table } from "@/components/ui/table";
import type { AuditEvent } from "@/lib/contracts/audit";
import { AUDIT_KINDS } from "@/lib/domain/trail/events";
import { kindTitle } from "@/lib/domain/trail/value-differences";
import { eventLine } from "./event-line";
import { EventRows } from "./event-rows";

type EventTableProps = {
  readonly events: readonly AuditEvent[];
  readonly timeZone: string;
  /** Where what an event is about is looked at; null for what has no page. */
  readonly hrefOf: (event: AuditEvent) => string | null;
  readonly address: string;
};

const isKind = (kind: string): kind is keyof typeof AUDIT_KINDS => Object.hasOwn(AUDIT_KINDS, kind);

/** Events as they were written, the latest first: when, what, about what, who, what was before and after, and its place. */
export const EventTable = ({ events, timeZone, hrefOf, address }: EventTableProps) => (
  <Table caption="Audit trail" maxHeight="most" rows="texts">
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
      <EventRows
        lines={events.map((event) => eventLine(event, timeZone, hrefOf(event)))}
        kinds={Object.fromEntries(
          events.map(({ kind }) => [kind, [kindTitle(kind), isKind(kind) ? AUDIT_KINDS[kind].says : undefined]]),
        )}
        address={address}
      />
    </tbody>
  </Table>
);
