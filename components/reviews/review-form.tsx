"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, type SubmitEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SigningFields } from "@/components/ui/signing-fields";
import { TextareaField } from "@/components/ui/textarea-field";
import { useErrorFocus } from "@/components/ui/use-error-focus";
import { newEntryId } from "@/lib/client/entry-id";
import { faultsOf, send } from "@/lib/client/send";
import { confirmationError, useConfirmation } from "@/lib/client/use-confirmation";
import type { Signer } from "@/lib/contracts/confirmation";
import type { FieldFault } from "@/lib/contracts/problem";
import { type Meaning, meaningsOf } from "@/lib/domain/signatures/signing";
import { meaningChoices } from "@/lib/domain/language/signature-words";

export type WaitingReview = {
  readonly id: string;
  /** "M013, CBC of day 8": names it beside its box. */
  readonly name: string;
  /** What was changed, then and now. */
  readonly body: ReactNode;
};

type ReviewFormProps = {
  readonly code: string;
  readonly items: readonly WaitingReview[];
  /** Null for who reads and does not sign. */
  readonly signer: Signer | null;
};

/** Of each item that is chosen, what was typed; and the id of its signature, so that sent twice it is signed once. */
type Typed = Readonly<Record<string, { readonly signature: string; readonly decision: string }>>;

const ofItems = (message: string): FieldFault => ({ path: "items", code: "REQUIRED", message });

const useDecisions = ({ code, items, signer }: ReviewFormProps) => {
  const router = useRouter();
  const [typed, setTyped] = useState<Typed>({});
  const [meaning, setMeaning] = useState<Meaning>(meaningsOf("review")[0]);
  const confirmation = useConfirmation(signer?.secondFactor ?? false);
  const [pending, setPending] = useState(false);
  const [failures, setFailures] = useState<readonly FieldFault[]>([]);
  const chosen = items.filter(({ id }) => typed[id] !== undefined);

  const sign = async (): Promise<void> => {
    const undecided = chosen.filter(({ id }) => typed[id]?.decision.trim() === "");
    const missing = [
      ...(chosen.length === 0 ? ["Choose what you decide: a box stands above each item."] : []).map(ofItems),
      ...undecided.map(({ name }) => `Say what you decide about ${name}.`).map(ofItems),
      ...confirmation.missing(),
    ];
    setFailures(missing);
    if (missing.length > 0) return;
    setPending(true);
    const sent = await send("POST", `/api/v1/studies/${encodeURIComponent(code)}/reviews/sign`, {
      items: chosen.map(({ id }) => ({ id: typed[id]?.signature, review: id, decision: typed[id]?.decision })),
      signature: { ...confirmation.sent(), meaning },
    });
    setPending(false);
    confirmation.clear();
    if (sent.kind === "done") {
      setTyped({});
      router.refresh();
      return;
    }
    const faults = faultsOf(sent);
    confirmation.refused(faults);
    setFailures(faults);
  };
  const choose = (id: string, isChosen: boolean): void => {
    const { [id]: _left, ...others } = typed;
    setTyped(isChosen ? { ...others, [id]: { signature: newEntryId(), decision: "" } } : others);
  };
  const decide = (ids: readonly string[], decision: string): void =>
    setTyped({
      ...typed,
      ...Object.fromEntries(
        ids.map((id) => [id, { signature: typed[id]?.signature ?? newEntryId(), decision }] as const),
      ),
    });
  return { typed, chosen, meaning, setMeaning, confirmation, pending, failures, sign, choose, decide };
};

type Decisions = ReturnType<typeof useDecisions>;

const Item = ({
  item: { id, name, body },
  decisions: { typed, chosen, choose, decide },
  signs,
}: {
  readonly item: WaitingReview;
  readonly decisions: Decisions;
  readonly signs: boolean;
}) => {
  const own = typed[id];
  const others = chosen.filter((other) => other.id !== id).map((other) => other.id);
  return (
    <li className="keep-together space-y-2 border-b border-hairline px-4 py-3 last:border-b-0">
      {signs ? (
        <Checkbox
          checked={own !== undefined}
          onChange={({ target }) => choose(id, target.checked)}
          label={<span className="sr-only">Decide {name}</span>}
          className="float-left mr-1 print:hidden"
        />
      ) : null}
      {body}
      {own === undefined ? null : (
        <div className="flex flex-wrap items-end gap-3 print:hidden">
          <TextareaField
            id={`decision-${id}`}
            label={`Your decision about ${name}`}
            rows={2}
            maxLength={1000}
            value={own.decision}
            onChange={({ target }) => decide([id], target.value)}
            className="min-w-72 flex-1"
          />
          {others.length === 0 || own.decision.trim() === "" ? null : (
            <Button onClick={() => decide([...others, id], own.decision)}>The same for all that are chosen</Button>
          )}
        </div>
      )}
    </li>
  );
};

/** What waits for the study director, read as one list: a decision for each that is chosen, one password for all. */
export const ReviewForm = ({ code, items, signer }: ReviewFormProps) => {
  const decisions = useDecisions({ code, items, signer });
  const { chosen, meaning, setMeaning, confirmation, pending, failures, sign } = decisions;
  const summary = useErrorFocus(failures);
  const submitted = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void sign();
  };
  return (
    <form noValidate onSubmit={submitted} aria-label="What waits for a decision">
      <ul>
        {items.map((item) => (
          <Item key={item.id} item={item} decisions={decisions} signs={signer !== null} />
        ))}
      </ul>
      {signer === null ? null : (
        <div className="space-y-3 border-t border-hairline px-4 py-3 print:hidden">
          <ErrorSummary
            ref={summary}
            title="Not signed"
            errors={failures.map((fault) => confirmationError("reviews", fault))}
          />
          <div className="max-w-3xl">
            <SigningFields
              id="reviews"
              meanings={meaningChoices("review")}
              meaning={meaning}
              onMeaning={(value) => setMeaning(value as Meaning)}
              {...confirmation.fields}
              hint={`Printed as: ${signer.name}`}
            />
          </div>
          <Button type="submit" tone="primary" pending={pending}>
            {pending ? "Signing…" : `Sign ${chosen.length === 1 ? "1 decision" : `${String(chosen.length)} decisions`}`}
          </Button>
        </div>
      )}
    </form>
  );
};
