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
import { faultsOf, NO_NETWORK, sendJson } from "@/lib/client/send-json";
import { type Meaning, meaningChoices, meaningsOf } from "@/lib/domain/signatures/signing";

export type WaitingReview = {
  readonly id: string;
  /** "M013, blood count of day 8": names it beside its box. */
  readonly name: string;
  /** What was changed, then and now. */
  readonly body: ReactNode;
};

type ReviewFormProps = {
  readonly code: string;
  readonly items: readonly WaitingReview[];
  /** The printed name; null for who reads and does not sign. */
  readonly signerName: string | null;
};

/** Of each item that is chosen, what was typed; and the id of its signature, so that sent twice it is signed once. */
type Typed = Readonly<Record<string, { readonly signature: string; readonly decision: string }>>;

const useDecisions = ({ code, items }: Pick<ReviewFormProps, "code" | "items">) => {
  const router = useRouter();
  const [typed, setTyped] = useState<Typed>({});
  const [meaning, setMeaning] = useState<Meaning>(meaningsOf("review")[0]);
  const [password, setPassword] = useState("");
  const [pending, setPending] = useState(false);
  const [failures, setFailures] = useState<readonly string[]>([]);
  const chosen = items.filter(({ id }) => typed[id] !== undefined);

  const sign = async (): Promise<void> => {
    const undecided = chosen.filter(({ id }) => typed[id]?.decision.trim() === "");
    const missing = [
      chosen.length === 0 ? "Choose what you decide: a box stands above each item." : null,
      ...undecided.map(({ name }) => `Say what you decide about ${name}.`),
      password === "" ? "Type your password." : null,
    ].filter((message) => message !== null);
    setFailures(missing);
    if (missing.length > 0) return;
    setPending(true);
    const sent = await sendJson("POST", `/api/v1/studies/${encodeURIComponent(code)}/reviews/sign`, {
      items: chosen.map(({ id }) => ({ id: typed[id]?.signature, review: id, decision: typed[id]?.decision })),
      signature: { password, meaning },
    });
    setPending(false);
    setPassword("");
    if (sent.outcome === "done") {
      setTyped({});
      router.refresh();
      return;
    }
    setFailures(sent.outcome === "no-network" ? [NO_NETWORK] : faultsOf(sent.problem).map(({ message }) => message));
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
  return { typed, chosen, meaning, setMeaning, password, setPassword, pending, failures, sign, choose, decide };
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
export const ReviewForm = ({ code, items, signerName }: ReviewFormProps) => {
  const decisions = useDecisions({ code, items });
  const { chosen, meaning, setMeaning, password, setPassword, pending, failures, sign } = decisions;
  const summary = useErrorFocus(failures);
  const submitted = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void sign();
  };
  return (
    <form noValidate onSubmit={submitted} aria-label="What waits for a decision">
      <ul>
        {items.map((item) => (
          <Item key={item.id} item={item} decisions={decisions} signs={signerName !== null} />
        ))}
      </ul>
      {signerName === null ? null : (
        <div className="space-y-3 border-t border-hairline px-4 py-3 print:hidden">
          <ErrorSummary
            ref={summary}
            title="Not signed"
            errors={failures.map((message) => ({ message, fieldId: "reviews-password" }))}
          />
          <div className="max-w-3xl">
            <SigningFields
              id="reviews"
              meanings={meaningChoices("review")}
              meaning={meaning}
              password={password}
              onMeaning={(value) => setMeaning(value as Meaning)}
              onPassword={setPassword}
              hint={`Printed as: ${signerName}`}
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
