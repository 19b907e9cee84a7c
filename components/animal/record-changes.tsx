import { Cell, HeadCell, IdentityCell, Table } from "@/components/ui/table";
import type { ChangeableField, MadeChange } from "@/lib/contracts/animal-changes";
import type { Animal } from "@/lib/contracts/animals";
import { localDateText, localTimeText } from "@/lib/domain/calendar/local-time";
import { sexWord } from "@/lib/domain/overview/words";

type RecordChangesProps = {
  readonly animal: Animal;
  readonly changes: readonly MadeChange[];
  /** Only what was changed by then; null for everything. */
  readonly untilMs: number | null;
  readonly timeZone: string;
};

const FIELD_WORDS: Readonly<Record<ChangeableField, string>> = {
  tag: "Tag",
  sex: "Sex",
  group: "Dose group",
  room: "Room",
  cage: "Cage",
  birthDate: "Born",
  strain: "Strain",
  genotype: "Genotype",
};
const FIELDS = Object.keys(FIELD_WORDS) as readonly ChangeableField[];

const shown = (field: ChangeableField, value: string | null): string =>
  (field === "sex" ? (sexWord(value) ?? (value === null ? null : "unknown")) : value) ?? "not recorded";

const valueOf = (animal: Animal, field: ChangeableField): string | null =>
  field === "tag" ? animal.id : animal[field];

/** As it was at an instant: later changes taken back, the latest first. */
const valueAt = (animal: Animal, later: readonly MadeChange[], field: ChangeableField): string | null =>
  later.reduce<string | null>(
    (value, { fields }) => {
      const change = fields.find((one) => one.field === field);
      return change === undefined ? value : change.before;
    },
    valueOf(animal, field),
  );

/** The animal's own record, and every change of it: the old value struck through, with who, when and why. */
export const RecordChanges = ({ animal, changes, untilMs, timeZone }: RecordChangesProps) => {
  const isLater = ({ changedAt }: MadeChange): boolean => untilMs !== null && Date.parse(changedAt) > untilMs;
  const later = changes.filter(isLater);
  const made = changes.filter((change) => !isLater(change));
  return (
    <>
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        {FIELDS.map((field) => (
          <div key={field}>
            <dt className="text-sm text-ink-soft">{FIELD_WORDS[field]}</dt>
            <dd>{shown(field, valueAt(animal, later, field))}</dd>
          </div>
        ))}
      </dl>
      {made.length === 0 ? null : (
        <div className="mt-3">
          <Table caption="Changes of the animal's own record">
            <thead>
              <tr>
                <HeadCell identity>Changed</HeadCell>
                <HeadCell>What</HeadCell>
                <HeadCell>Why</HeadCell>
              </tr>
            </thead>
            <tbody>
              {made.map(({ id, changedAt, changedBy, reason, fields }) => (
                <tr key={id}>
                  <IdentityCell>
                    {localDateText(Date.parse(changedAt), timeZone)}, {localTimeText(Date.parse(changedAt), timeZone)}
                    <span className="block text-xs font-normal text-ink-faint">{changedBy}</span>
                  </IdentityCell>
                  <Cell>
                    {fields.map(({ field, before, after }) => (
                      <p key={field}>
                        <span className="text-ink-soft">{FIELD_WORDS[field]}</span> <s>{shown(field, before)}</s> →{" "}
                        {shown(field, after)}
                      </p>
                    ))}
                  </Cell>
                  <Cell className="max-w-prose">{reason}</Cell>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
    </>
  );
};
