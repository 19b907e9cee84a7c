import type { Metadata } from "next";
import { Refused } from "@/app/(workspace)/refused";
import { entryAnchor } from "@/components/animal-page/anchors";
import { readAuditFilters } from "@/components/trail/audit-filters";
import { TagFilter } from "@/components/animals/tag-filter";
import { messageOf } from "@/components/trail/audit-filter-form";
import { Trail } from "@/components/trail/trail";
import { PageHeading } from "@/components/shell/page-heading";
import { LinkButton } from "@/components/ui/link-button";
import type { AddressQuery } from "@/lib/contracts/address-query";
import type { AuditEvent } from "@/lib/contracts/audit";
import { requireActor } from "@/lib/server/auth/current-actor";
import { countedEvents } from "@/lib/server/operations/audit/list-events";
import { PrintLayout } from "@/app/(workspace)/print-layout";
import { animalAddress, pathText, studyAddress } from "../study-address";

type AuditPageProps = {
  readonly params: Promise<{ readonly code: string }>;
  readonly searchParams: Promise<AddressQuery>;
};

export const generateMetadata = async ({ params }: AuditPageProps): Promise<Metadata> => ({
  title: `Audit trail · ${pathText((await params).code)}`,
});

const AuditTrailPage = async ({ params, searchParams }: AuditPageProps) => {
  const code = pathText((await params).code);
  const address = studyAddress(code, "audit");
  const actor = await requireActor(address);
  const read = readAuditFilters(await searchParams);
  const counted = await countedEvents(actor, code, read.query ?? {});
  if (!counted.ok) return <Refused refusal={counted.fault} back={studyAddress(code, "board")} />;
  const { page, place, count, checkpoint } = counted.value;
  const hrefOf = ({ animal, entry }: AuditEvent): string | null =>
    animal === null
      ? null
      : `${animalAddress(code, animal)}${entry === null ? "" : `?entries=all#${entryAnchor(entry)}`}`;
  return (
    <>
      <PrintLayout
        landscape="page"
        rootPx={12}
        of={`Study ${code} · Audit trail`}
        reader={actor}
        timeZone={place.timeZone}
      />
      <PageHeading
        title="Audit trail"
        detail={`Everything done in study ${code}, as it was written; nothing can be changed, taken out or switched off`}
        actions={
          <LinkButton href={studyAddress(code, "audit", "exceptions")} tone="primary">
            Review by exception
          </LinkButton>
        }
      />
      <Trail
        read={read}
        page={page}
        count={count}
        checkpoint={checkpoint}
        animalField={
          <TagFilter study={code} defaultValue={read.typed.animal ?? ""} error={messageOf(read, "animal")} />
        }
        timeZone={place.timeZone}
        address={address}
        file={`/api/v1/studies/${encodeURIComponent(code)}/audit.csv`}
        hrefOf={hrefOf}
      />
    </>
  );
};

export default AuditTrailPage;
