import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import { SelectField } from "@/components/ui/select-field";
import { TextField } from "@/components/ui/text-field";
import { EXCEPTION_KIND_LIST, exceptionQueryText, type ReadExceptionFilters, SHOWN } from "./exception-filters";
import { EXCEPTION_TITLES } from "./exception-titles";

type ExceptionFilterFormProps = {
  readonly read: ReadExceptionFilters;
  readonly animals: readonly string[];
  readonly address: string;
};

/** Which exceptions are listed, as a form that asks the server: its address is the address of these. */
export const ExceptionFilterForm = ({ read, animals, address }: ExceptionFilterFormProps) => (
  <form
    method="get"
    action={address}
    role="search"
    aria-label="Filter exceptions"
    className="flex flex-wrap items-start gap-3 print:hidden"
  >
    <SelectField name="kind" label="Kind" defaultValue={read.kind ?? ""} className="w-56">
      <option value="">Every kind</option>
      {EXCEPTION_KIND_LIST.map((kind) => (
        <option key={kind} value={kind}>
          {EXCEPTION_TITLES[kind]}
        </option>
      ))}
    </SelectField>
    <TextField
      name="animal"
      label="Animal"
      defaultValue={read.animal ?? ""}
      list="excepted-animals"
      autoComplete="off"
      spellCheck={false}
      className="w-32"
    />
    <datalist id="excepted-animals">
      {animals.map((tag) => (
        <option key={tag} value={tag}>
          {tag}
        </option>
      ))}
    </datalist>
    <SelectField name="show" label="Show" defaultValue={read.show} className="w-56">
      {Object.entries(SHOWN).map(([show, words]) => (
        <option key={show} value={show}>
          {words}
        </option>
      ))}
    </SelectField>
    <div className="flex gap-2 pt-6">
      <Button type="submit">Filter</Button>
      {exceptionQueryText(read) === "" ? null : (
        <LinkButton href={address} tone="quiet">
          All to review
        </LinkButton>
      )}
    </div>
  </form>
);
