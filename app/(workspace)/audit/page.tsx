import type { Metadata } from "next";
import { readAuditFilters } from "@/components/trail/audit-filters";
import { Trail } from "@/components/trail/trail";
import { AppFrame } from "@/components/shell/app-frame";
import { BackLink } from "@/components/shell/back-link";
import { PageHeading } from "@/components/shell/page-heading";
import type { AddressQuery } from "@/lib/contracts/address-query";
import { requireActor } from "@/lib/server/auth/current-actor";
import { countedEvents } from "@/lib/server/operations/audit/list-events";
import type { Actor } from "@/lib/server/command/actor";
import { PrintLayout } from "../print-layout";
import { Refused } from "../refused";
import { signedInUser } from "../signed-in-user";

type InstallationAuditPageProps = { readonly searchParams: Promise<AddressQuery> };

export const metadata: Metadata = { title: "Audit trail of accounts" };

const ADDRESS = "/audit";

const rolesOf = ({ administrator, auditor }: Actor) => [
  ...(auditor ? (["auditor"] as const) : []),
  ...(administrator ? (["administrator"] as const) : []),
];

const InstallationAuditPage = async ({ searchParams }: InstallationAuditPageProps) => {
  const actor = await requireActor(ADDRESS);
  const { animal: _animal, ...query } = await searchParams;
  const read = readAuditFilters(query);
  const counted = await countedEvents(actor, null, read.query ?? {});
  return (
    <AppFrame study={null} tabs={[]} current={null} user={await signedInUser(actor, rolesOf(actor))}>
      {counted.ok ? (
        <>
          <PrintLayout
            landscape="page"
            rootPx={12}
            of="Doseline · Audit trail of accounts"
            reader={actor}
            timeZone={counted.value.place.timeZone}
          />
          <PageHeading
            title="Audit trail of accounts"
            detail="Accounts, roles, sign-ins and exports that belong to no study; those of a study stand in its own trail"
            back={<BackLink href="/studies">Studies</BackLink>}
          />
          <Trail
            read={read}
            page={counted.value.page}
            count={counted.value.count}
            checkpoint={counted.value.checkpoint}
            animalField={null}
            timeZone={counted.value.place.timeZone}
            address={ADDRESS}
            file="/api/v1/audit.csv"
            hrefOf={() => null}
          />
        </>
      ) : (
        <Refused refusal={counted.fault} back="/studies" />
      )}
    </AppFrame>
  );
};

export default InstallationAuditPage;
