import type { ReactNode } from "react";
import { entryAnchor } from "@/components/animal-page/anchors";
import type { KnownAnimal } from "@/components/animal-page/as-known";
import { EntryList } from "@/components/animal-page/entry-list";
import type { EntryRecord } from "@/components/animal-page/entry-records";
import type { StudyUnits } from "@/components/animal-page/entry-words";
import type { KnownAt } from "@/components/known-at/known-at";
import { tagAt } from "@/components/animal-page/tag-at";
import { atInstant } from "@/components/known-at/known-at-address";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import type { AnimalRecord } from "@/lib/contracts/animal-record";
import type { AnimalDays } from "@/lib/domain/language/day-words";
import { writeInstant } from "@/lib/domain/time/instant";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { animalAddress, entryChangesAddress } from "../../study-address";
import { mayAmendRecord, type OpenAmendment } from "./amendment";

type EntriesPanelProps = {
  readonly study: AuthorizedStudy;
  readonly record: AnimalRecord;
  readonly known: KnownAnimal;
  readonly knownAt: KnownAt;
  readonly userId: string;
  readonly amending: OpenAmendment | null;
  readonly signaturesOf: (entry: string) => ReactNode;
  readonly records: readonly EntryRecord[];
  readonly listed: readonly EntryRecord[];
  readonly days: AnimalDays;
  readonly units: StudyUnits;
  /** Where all of them are listed; null where they are. */
  readonly allHref: string | null;
};

const noteOf = ({ records, listed, days }: EntriesPanelProps): string => {
  const count =
    listed.length === records.length
      ? `${String(records.length)}, latest first`
      : `the latest ${String(listed.length)} of ${String(records.length)}`;
  return `${count}; times of ${days.timeZone}`;
};

/** Every entry of the animal, each with where it is put right. */
export const EntriesPanel = (props: EntriesPanelProps) => {
  const { study, record, known, knownAt, userId, amending, listed, days, units, allHref } = props;
  const address = animalAddress(study.code, record.animal.id);
  const amendHref = (entry: EntryRecord): string | null => {
    if (knownAt.atMs !== null || !mayAmendRecord(study, userId, entry)) return null;
    const query = new URLSearchParams({ correct: entry.id, ...(allHref === null ? { entries: "all" } : {}) });
    return `${address}?${query.toString()}#${entryAnchor(entry.id)}`;
  };
  return (
    <Panel
      title="Entries"
      note={noteOf(props)}
      actions={
        allHref === null ? undefined : (
          <LinkButton href={allHref} tone="quiet" prefetch={false}>
            Show all
          </LinkButton>
        )
      }
      flush
    >
      <div id="entries" className="scroll-mt-44">
        <EntryList
          records={listed}
          deviations={known.replayed?.history.deviations ?? []}
          days={days}
          units={units}
          changesOf={({ recordedAt: { ms } }) => entryChangesAddress(study.code, tagAt(record, ms), ms)}
          beforeOf={({ recordedAt: { ms } }) =>
            atInstant(animalAddress(study.code, tagAt(record, ms - 1)), writeInstant(ms - 1))
          }
          signaturesOf={props.signaturesOf}
          amendHref={amendHref}
          amending={amending}
        />
      </div>
    </Panel>
  );
};
