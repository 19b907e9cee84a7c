import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/text-field";
import { fieldStep, fieldText, type Instants } from "./known-at";

type InstantsFormProps = {
  readonly instants: Instants;
  readonly animal: string | null;
  readonly animals: readonly string[];
  readonly timeZone: string;
  readonly address: string;
};

const shown = (ms: number | null, typed: string | null, timeZone: string): string =>
  ms === null ? (typed ?? "") : fieldText(ms, timeZone);

/** Asks what changed between two instants; without the later one, until now. A form that needs no script. */
export const InstantsForm = ({ instants, animal, animals, timeZone, address }: InstantsFormProps) => (
  <form
    method="get"
    action={address}
    role="search"
    aria-label="Compare two instants"
    className="flex flex-wrap items-start gap-3 print:hidden"
  >
    <TextField
      type="datetime-local"
      step={fieldStep(shown(instants.fromMs, instants.from, timeZone))}
      name="from"
      label={`From (${timeZone})`}
      defaultValue={shown(instants.fromMs, instants.from, timeZone)}
      error={instants.faults.from}
      required
      className="w-64"
    />
    <TextField
      type="datetime-local"
      step={fieldStep(shown(instants.toMs, instants.to, timeZone))}
      name="to"
      label="To"
      hint="Blank: now"
      defaultValue={shown(instants.toMs, instants.to, timeZone)}
      error={instants.faults.to}
      className="w-64"
    />
    <TextField
      name="animal"
      label="Animal"
      hint="Blank: the study"
      defaultValue={animal ?? ""}
      list="compared-animals"
      autoComplete="off"
      spellCheck={false}
      className="w-36"
    />
    <datalist id="compared-animals">
      {animals.map((tag) => (
        <option key={tag} value={tag}>
          {tag}
        </option>
      ))}
    </datalist>
    <div className="pt-6">
      <Button type="submit">Compare</Button>
    </div>
  </form>
);
