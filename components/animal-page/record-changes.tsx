import { Cell, HeadCell, IdentityCell, Table } from "@/components/ui/table";
import type { MadeChange } from "@/lib/contracts/animal-changes";
import type { Animal } from "@/lib/contracts/animals";
import { localDateText, localTimeText } from "@/lib/domain/time/local-time";
import { OWN_FIELDS, OWN_FIELD_WORDS, ownValue, ownValueText } from "./own-record-words";

type RecordChangesProps = {
  readonly animal: Animal;
  readonly changes: readonly MadeChange[];
  readonly timeZone: string;
};

/** The animal's own record, and every change of it: the old value struck through, with who, when and why. */
export const RecordChanges = ({ animal, changes, timeZone }: RecordChangesProps) => (
  <>
    <dl className="flex flex-wrap gap-x-8 gap-y-2">
      {OWN_FIELDS.map((field) => (
        <div key={field}>
          <dt className="text-sm text-ink-soft">{OWN_FIELD_WORDS[field]}</dt>
          <dd>{ownValueText(field, ownValue(animal, field))}</dd>
        </div>
      ))}
    </dl>
    {changes.length === 0 ? null : (
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
            {changes.map(({ id, changedAt, changedBy, reason, fields }) => (
              <tr key={id}>
                <IdentityCell>
                  {localDateText(Date.parse(changedAt), timeZone)}, {localTimeText(Date.parse(changedAt), timeZone)}
                  <span className="block text-xs font-normal text-ink-faint">{changedBy}</span>
                </IdentityCell>
                <Cell>
                  {fields.map(({ field, before, after }) => (
                    <p key={field}>
                      <span className="text-ink-soft">{OWN_FIELD_WORDS[field]}</span>{" "}
                      <s>{ownValueText(field, before)}</s> → {ownValueText(field, after)}
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
