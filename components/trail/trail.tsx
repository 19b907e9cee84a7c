import Link from "next/link";
import type { ReactNode } from "react";
import { buttonLook } from "@/components/ui/button-look";
import { CheckpointLine } from "@/components/ui/checkpoint-line";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import type { AuditEvent, AuditPage, AuditQuery } from "@/lib/contracts/audit";
import { AuditFilterForm } from "./audit-filter-form";
import { auditQueryText, type ReadAuditFilters } from "./audit-filters";
import { EventTable } from "./event-table";

type TrailProps = {
  readonly read: ReadAuditFilters;
  readonly page: AuditPage;
  /** How many events fit the filters; null for more than are counted. */
  readonly count: number | null;
  /** The latest of this trail's checkpoints, in words. */
  readonly checkpoint: string;
  readonly animalField: ReactNode;
  readonly timeZone: string;
  readonly address: string;
  /** The file of the same events. */
  readonly file: string;
  readonly hrefOf: (event: AuditEvent) => string | null;
};

const Turning = ({ query, page, address }: Pick<TrailProps, "page" | "address"> & { readonly query: AuditQuery }) => {
  const { previous, next } = page;
  if (previous === null && next === null) return null;
  return (
    <nav aria-label="Pages" className="flex gap-2 border-t border-hairline px-4 py-2 print:hidden">
      {previous === null ? null : (
        <>
          <LinkButton href={`${address}${auditQueryText(query)}`} prefetch={false}>
            Latest
          </LinkButton>
          <LinkButton href={`${address}${auditQueryText(query, { before: previous })}`} prefetch={false}>
            Later
          </LinkButton>
        </>
      )}
      {next === null ? null : (
        <LinkButton href={`${address}${auditQueryText(query, { after: next })}`} prefetch={false}>
          Earlier
        </LinkButton>
      )}
    </nav>
  );
};

/** What a field is marked with stands there; what has no field, such as the place of a page, is said here. */
const faultWords = ({ typed, faults }: ReadAuditFilters): string => {
  const others = faults.filter(({ path }) => !Object.hasOwn(typed, path));
  const said = others.map(({ path, message }) => `${path} ${message}. `).join("");
  return `${said}${others.length === faults.length ? "Begin with everything again." : "Correct what is marked, then filter again."}`;
};

/** "51 events, the latest first" on one page; "50 on this page, of 312, the latest first" on one of several. */
const countWords = ({ events, previous, next }: AuditPage, count: number | null): string => {
  const all = count === null ? "more than 10,000" : String(count);
  return previous === null && next === null
    ? `${all} ${count === 1 ? "event" : "events, the latest first"}`
    : `${String(events.length)} on this page of ${all}, the latest first`;
};

const Nothing = ({ query, address }: { readonly query: AuditQuery; readonly address: string }) => {
  const { from, to } = query;
  const isBackwards = from !== undefined && to !== undefined && from > to;
  return (
    <EmptyState
      title={isBackwards ? `No event is after ${from} and before ${to}` : "No event fits these filters"}
      action={<LinkButton href={address}>Everything</LinkButton>}
    >
      {isBackwards
        ? "“From” is the later of the two dates: change them round."
        : "Check the tag, the email and the dates. The trail itself is never empty, and cannot be switched off."}
    </EmptyState>
  );
};

/** A trail with its filters, the file of it, and a page of events. */
export const Trail = ({ read, page, count, checkpoint, animalField, timeZone, address, file, hrefOf }: TrailProps) => (
  <div className="space-y-4">
    <AuditFilterForm read={read} animalField={animalField} address={address} />
    {read.query === null ? (
      <Notice
        tone="stopped"
        title="No events are shown"
        actions={
          <Link href={address} className="underline underline-offset-4">
            Everything
          </Link>
        }
      >
        {faultWords(read)}
      </Notice>
    ) : (
      <Panel
        title="Events"
        note={countWords(page, count)}
        actions={
          <a href={`${file}${auditQueryText(read.query)}`} download className={`${buttonLook("primary")} print:hidden`}>
            Download CSV
          </a>
        }
        flush
      >
        {page.events.length === 0 ? (
          <Nothing query={read.query} address={address} />
        ) : (
          <EventTable events={page.events} timeZone={timeZone} hrefOf={hrefOf} address={address} />
        )}
        <Turning query={read.query} page={page} address={address} />
        <CheckpointLine checkpoint={checkpoint} />
      </Panel>
    )}
  </div>
);
