import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import type { AuditEvent, AuditPage } from "@/lib/contracts/audit";
import { AuditFilterForm } from "./audit-filter-form";
import { auditQueryText, type ReadAuditFilters } from "./audit-filters";
import { EventTable } from "./event-table";

type TrailProps = {
  readonly read: ReadAuditFilters;
  readonly page: AuditPage;
  readonly animals: readonly string[] | null;
  readonly timeZone: string;
  readonly address: string;
  /** The file of the same events. */
  readonly file: string;
  readonly hrefOf: (event: AuditEvent) => string | null;
};

const Turning = ({ read, page, address }: Pick<TrailProps, "read" | "page" | "address">) => {
  const filters = read.filters ?? {};
  return read.after === null && page.next === null ? null : (
    <nav aria-label="Pages" className="flex gap-2 border-t border-hairline px-4 py-2 print:hidden">
      {read.after === null ? null : <LinkButton href={`${address}${auditQueryText(filters)}`}>Latest</LinkButton>}
      {page.next === null ? null : (
        <LinkButton href={`${address}${auditQueryText(filters, page.next)}`} prefetch={false}>
          Earlier
        </LinkButton>
      )}
    </nav>
  );
};

/** A trail with its filters, the file of it, and a page of events. */
export const Trail = ({ read, page, animals, timeZone, address, file, hrefOf }: TrailProps) => (
  <div className="space-y-4">
    <AuditFilterForm read={read} animals={animals} address={address} />
    {read.filters === null ? (
      <Notice tone="stopped" title="No events are shown">
        {read.faults.map(({ path, message }) => `${path} ${message}`).join("; ")}. Correct it, then filter again.
      </Notice>
    ) : (
      <Panel
        title="Events"
        note={`${String(page.events.length)} on this page, the latest first`}
        actions={
          <a
            href={`${file}${auditQueryText(read.filters)}`}
            download
            className="inline-flex min-h-(--control-height) items-center rounded-control bg-accent px-3.5 font-medium text-on-accent hover:bg-accent-strong print:hidden"
          >
            Download CSV
          </a>
        }
        flush
      >
        {page.events.length === 0 ? (
          <EmptyState title="No event fits these filters" action={<LinkButton href={address}>Everything</LinkButton>}>
            Check the tag, the email and the dates. The trail itself is never empty, and cannot be switched off.
          </EmptyState>
        ) : (
          <EventTable events={page.events} timeZone={timeZone} hrefOf={hrefOf} />
        )}
        <Turning read={read} page={page} address={address} />
      </Panel>
    )}
  </div>
);
