"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Cell, HeadCell, IdentityCell, Table } from "@/components/ui/table";
import { faultsOf, send } from "@/lib/client/send";
import { STUDY_ROLES, type StudyRole } from "@/lib/domain/access/permissions";
import { capitalized, ROLE_WORDS } from "@/lib/domain/language/code-words";

export type Person = {
  readonly email: string;
  readonly name: string;
  readonly roles: readonly StudyRole[];
  /** Roles that the account holds in every study; they are not changed here. */
  readonly everywhere: readonly StudyRole[];
};

type PersonRowProps = { readonly person: Person; readonly onSave: (person: Person) => Promise<boolean> };

const PersonRow = ({ person, onSave }: PersonRowProps) => {
  const [roles, setRoles] = useState<readonly StudyRole[]>(person.roles);
  const [saving, setSaving] = useState(false);
  const changed = [...roles].sort().join() !== [...person.roles].sort().join();
  const toggle = (role: StudyRole): void => {
    setRoles(roles.includes(role) ? roles.filter((other) => other !== role) : [...roles, role]);
  };
  const save = async (): Promise<void> => {
    setSaving(true);
    await onSave({ ...person, roles });
    setSaving(false);
  };
  return (
    <tr>
      <IdentityCell>
        {person.name} <span className="block text-sm font-normal text-ink-soft">{person.email}</span>
      </IdentityCell>
      {STUDY_ROLES.map((role) => (
        <Cell key={role}>
          {person.everywhere.includes(role) ? (
            <span className="text-ink-soft">in every study</span>
          ) : (
            <Checkbox
              label={<span className="sr-only">{`${capitalized(ROLE_WORDS[role])}: ${person.name}`}</span>}
              checked={roles.includes(role)}
              onChange={() => toggle(role)}
            />
          )}
        </Cell>
      ))}
      <Cell>
        <Button
          disabled={!changed}
          pending={saving}
          onClick={() => void save()}
          aria-label={`Save the roles of ${person.name}`}
        >
          Save
        </Button>
      </Cell>
    </tr>
  );
};

/** Who works in a study, and as what. Nobody is technician and auditor of one study. */
export const MembersForm = ({ code, people }: { readonly code: string; readonly people: readonly Person[] }) => {
  const router = useRouter();
  const [failures, setFailures] = useState<readonly string[]>([]);
  const save = async ({ email, roles }: Person): Promise<boolean> => {
    const sent = await send("PUT", `/api/v1/studies/${encodeURIComponent(code)}/members`, { email, roles });
    setFailures(sent.kind === "done" ? [] : faultsOf(sent).map(({ message }) => message));
    if (sent.kind === "done") router.refresh();
    return sent.kind === "done";
  };
  return (
    <div className="space-y-3">
      <ErrorSummary
        title="The roles were not changed"
        errors={failures.map((message) => ({ message, fieldId: null }))}
      />
      <Table caption="People of the study">
        <thead>
          <tr>
            <HeadCell identity>Person</HeadCell>
            {STUDY_ROLES.map((role) => (
              <HeadCell key={role}>{capitalized(ROLE_WORDS[role])}</HeadCell>
            ))}
            <HeadCell>
              <span className="sr-only">Save</span>
            </HeadCell>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <PersonRow key={`${person.email} ${person.roles.join()}`} person={person} onSave={save} />
          ))}
        </tbody>
      </Table>
    </div>
  );
};
