import { RecordChanges } from "@/components/animal-page/record-changes";
import { ChangeAnimalForm } from "@/components/animals/change-animal-form";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import type { AnimalRecord } from "@/lib/contracts/animal-record";
import { permits } from "@/lib/domain/access/permissions";
import { isClosed } from "@/lib/domain/access/study-life";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { animalAddress } from "../../study-address";

const CHANGED = ["as registered", "changed once"] as const;

type OwnRecordProps = {
  readonly study: AuthorizedStudy;
  readonly record: AnimalRecord;
  /** What was known at an instant of the past is shown. */
  readonly isPast: boolean;
  /** The groups to choose from while the form is open; null while it is not. */
  readonly groups: readonly string[] | null;
};

/** What is known of the animal itself, the form that changes it with a reason, and every change with the old values. */
export const OwnRecord = ({ study, record: { animal, changes, log }, isPast, groups }: OwnRecordProps) => {
  const address = animalAddress(study.code, animal.id);
  const whole = permits(study.roles, "animal.change");
  const mayChange = !isPast && !isClosed(study.status) && permits(study.roles, "animal.move");
  const dosed = log.some(({ entry }) => entry.kind === "dose");
  return (
    <div id="own-record" className="scroll-mt-44">
      <Panel
        title="The animal's own record"
        note={CHANGED[changes.length] ?? `changed ${String(changes.length)} times`}
        actions={
          mayChange && groups === null ? (
            <LinkButton href={`${address}?change=record#own-record`} prefetch={false} scroll={false}>
              Change…
            </LinkButton>
          ) : undefined
        }
      >
        {mayChange && groups !== null ? (
          <ChangeAnimalForm
            code={study.code}
            animal={animal}
            groups={groups}
            whole={whole}
            dosed={dosed}
            address={address}
          />
        ) : null}
        <RecordChanges animal={animal} changes={changes} timeZone={study.timeZone} />
      </Panel>
    </div>
  );
};
