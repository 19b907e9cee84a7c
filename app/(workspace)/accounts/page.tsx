import type { Metadata } from "next";
import { AccountsTable } from "@/components/accounts/accounts-table";
import { BackLink } from "@/components/shell/back-link";
import { PageHeading } from "@/components/shell/page-heading";
import { requireActor } from "@/lib/server/auth/current-actor";
import { listUsers } from "@/lib/server/operations/accounts/list-users";
import { InstallationFrame } from "../installation-frame";
import { Refused } from "../refused";

export const metadata: Metadata = { title: "Accounts" };

const AccountsPage = async () => {
  const actor = await requireActor("/accounts");
  const read = await listUsers(actor);
  return (
    <InstallationFrame actor={actor}>
      {read.ok ? (
        <>
          <PageHeading
            title="Accounts"
            detail="Who can sign in here. Roles in a study are given on its page of people."
            back={<BackLink href="/studies">Studies</BackLink>}
          />
          <AccountsTable users={read.value.users} own={actor.email} />
        </>
      ) : (
        <Refused refusal={read.fault} back="/studies" />
      )}
    </InstallationFrame>
  );
};

export default AccountsPage;
