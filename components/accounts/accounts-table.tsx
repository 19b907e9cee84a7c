"use client";

import Link from "next/link";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { Cell, HeadCell, IdentityCell, Table } from "@/components/ui/table";
import type { ListedUser } from "@/lib/contracts/accounts";
import { GivePassword } from "./give-password";
import { RemoveFactor } from "./remove-factor";

type AccountsTableProps = {
  readonly users: readonly ListedUser[];
  /** The email of who looks; one's own account has a page of its own. */
  readonly own: string;
};

const EVERYWHERE = { technician: "technician of every study", study_director: "director of every study" } as const;

const standingOf = ({ administrator, auditor, everyStudyRoles }: ListedUser): string => {
  const parts = [
    ...(administrator ? ["administrator"] : []),
    ...(auditor ? ["auditor of every study"] : []),
    ...everyStudyRoles.map((role) => EVERYWHERE[role]),
  ];
  return parts.length === 0 ? "by study" : parts.join(", ");
};

const State = ({ user: { disabled, locked } }: { readonly user: ListedUser }) => {
  if (disabled) return <Badge>disabled</Badge>;
  return locked ? <Badge tone="stopped">locked for some minutes</Badge> : <>in use</>;
};

type RowProps = { readonly user: ListedUser; readonly isOwn: boolean; readonly onChoose: () => void };

const Row = ({ user, isOwn, onChoose }: RowProps) => (
  <tr>
    <IdentityCell>
      {user.name} <span className="block text-sm font-normal text-ink-soft">{user.email}</span>
    </IdentityCell>
    <Cell>{standingOf(user)}</Cell>
    <Cell>
      <State user={user} />
    </Cell>
    <Cell>{user.secondFactor ? "set" : <span className="text-ink-soft">not set</span>}</Cell>
    <Cell>
      {isOwn ? (
        <Link
          href="/account"
          className="inline-flex min-h-(--control-height) items-center underline underline-offset-2"
        >
          Your account
        </Link>
      ) : (
        <Button onClick={onChoose} aria-label={`Help ${user.name}`}>
          Help…
        </Button>
      )}
    </Cell>
  </tr>
);

/** Every account, whether it is locked and has a second factor; below, what helps somebody who cannot get in. */
export const AccountsTable = ({ users, own }: AccountsTableProps) => {
  const [chosenEmail, setChosenEmail] = useState<string | null>(null);
  const chosen = users.find(({ email }) => email === chosenEmail);
  return (
    <div className="space-y-4">
      <Panel title="Accounts" note={String(users.length)} flush>
        <Table caption="Accounts" maxHeight="half">
          <thead>
            <tr>
              <HeadCell identity>Person</HeadCell>
              <HeadCell>Standing</HeadCell>
              <HeadCell>State</HeadCell>
              <HeadCell>Second factor</HeadCell>
              <HeadCell>
                <span className="sr-only">Help</span>
              </HeadCell>
            </tr>
          </thead>
          <tbody>
            {users.map((user) => (
              <Row
                key={user.email}
                user={user}
                isOwn={user.email === own}
                onChoose={() => setChosenEmail(user.email)}
              />
            ))}
          </tbody>
        </Table>
      </Panel>
      {chosen === undefined ? null : (
        <Panel key={chosen.email} title={chosen.name} note={chosen.email}>
          <div className="grid gap-x-8 gap-y-6 lg:grid-cols-2">
            <GivePassword email={chosen.email} isLocked={chosen.locked} />
            {chosen.secondFactor ? (
              <RemoveFactor email={chosen.email} name={chosen.name} />
            ) : (
              <p className="text-ink-soft">
                No second factor is set. Only {chosen.name} can set one, on the page “Your account”.
              </p>
            )}
          </div>
        </Panel>
      )}
    </div>
  );
};
