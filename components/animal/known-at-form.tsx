import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import { TextField } from "@/components/ui/text-field";
import { localTimeTyped } from "@/lib/domain/calendar/typed-local-time";
import type { KnownAt } from "./known-at";

type KnownAtFormProps = { readonly knownAt: KnownAt; readonly timeZone: string; readonly address: string };

/** Asks what was known at an instant. A form that needs no script. */
export const KnownAtForm = ({ knownAt, timeZone, address }: KnownAtFormProps) => (
  <form
    method="get"
    action={address}
    aria-label="What was known"
    className="flex flex-wrap items-end gap-2 print:hidden"
  >
    <TextField
      type="datetime-local"
      name="asKnownAt"
      label={`What was known at (${timeZone})`}
      defaultValue={knownAt.atMs === null ? "" : localTimeTyped(knownAt.atMs, timeZone)}
      required
      className="w-60"
    />
    <Button type="submit">Show</Button>
    {knownAt.atMs === null ? null : (
      <LinkButton href={address} tone="quiet">
        Back to now
      </LinkButton>
    )}
  </form>
);
