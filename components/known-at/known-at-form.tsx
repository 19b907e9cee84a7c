import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import { TextField } from "@/components/ui/text-field";
import { fieldStep, fieldText, type KnownAt } from "./known-at";
import type { KnownAtStep } from "./known-at-steps";

type KnownAtFormProps = {
  readonly knownAt: KnownAt;
  readonly timeZone: string;
  readonly address: string;
  /** What of the address stays: the filters of the page. */
  readonly keep?: Readonly<Record<string, string | null | undefined>>;
  /** Other instants worth a look, earlier and later, each a link. */
  readonly steps: readonly KnownAtStep[];
  /** Where two instants are compared. */
  readonly compare: string;
};

/** Asks what was known at an instant. A form that needs no script. */
export const KnownAtForm = ({ knownAt, timeZone, address, keep = {}, steps, compare }: KnownAtFormProps) => {
  const shown = knownAt.atMs === null ? "" : fieldText(knownAt.atMs, timeZone);
  return (
    <form
      method="get"
      action={address}
      aria-label="What was known"
      className="flex flex-wrap items-end gap-2 print:hidden"
    >
      {Object.entries(keep).map(([name, value]) =>
        value === null || value === undefined ? null : <input key={name} type="hidden" name={name} value={value} />,
      )}
      <TextField
        type="datetime-local"
        step={fieldStep(shown)}
        name="asKnownAt"
        label={`What was known at (${timeZone})`}
        defaultValue={shown}
        required
        className="w-64"
      />
      <Button type="submit">Show</Button>
      {steps.map(({ label, href }) => (
        <LinkButton key={label} href={href} tone="quiet" prefetch={false} scroll={false}>
          {label}
        </LinkButton>
      ))}
      <LinkButton href={compare} tone="quiet" prefetch={false}>
        Compare…
      </LinkButton>
    </form>
  );
};
