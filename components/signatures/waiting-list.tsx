"use client";

import { useRouter } from "next/navigation";
import { type SubmitEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmationFields } from "@/components/ui/confirmation-fields";
import { ErrorSummary } from "@/components/ui/error-summary";
import { useErrorFocus } from "@/components/ui/use-error-focus";
import { newEntryId } from "@/lib/client/entry-id";
import { faultsOf, send } from "@/lib/client/send";
import { confirmationError, useConfirmation } from "@/lib/client/use-confirmation";
import type { Signer } from "@/lib/contracts/confirmation";
import type { FieldFault } from "@/lib/contracts/problem";
import type { WaitingItem } from "@/lib/contracts/signatures";
import type { Meaning } from "@/lib/domain/signatures/signing";
import { KIND_TITLES, LATER_MEANING, type WaitingKind, WaitingTable } from "./waiting-table";

type WaitingListProps = {
  readonly code: string;
  readonly waiting: readonly WaitingItem[];
  readonly timeZone: string;
  /** Where each entry stands, by its id. */
  readonly hrefs: Readonly<Record<string, string>>;
  /** Null for who reads and does not sign. */
  readonly signer: Signer | null;
};

const NOTHING_CHOSEN: FieldFault = {
  path: "items",
  code: "REQUIRED",
  message: "Choose what you sign: a box stands before each line.",
};

const KINDS = Object.keys(KIND_TITLES) as readonly WaitingKind[];

type Typed = {
  readonly chosen: ReadonlySet<string>;
  readonly meanings: Readonly<Record<WaitingKind, Meaning>>;
};

const NOTHING: Typed = { chosen: new Set(), meanings: LATER_MEANING };

/** Sending, with one id for as long as the same things are signed. */
const useSigning = ({ code, waiting, signer }: Pick<WaitingListProps, "code" | "waiting" | "signer">) => {
  const router = useRouter();
  const [typed, setTyped] = useState<Typed>(NOTHING);
  const confirmation = useConfirmation(signer?.secondFactor ?? false);
  const [list, setList] = useState<{ readonly key: string; readonly id: string }>({ key: "", id: "" });
  const [pending, setPending] = useState(false);
  const [failures, setFailures] = useState<readonly FieldFault[]>([]);
  const items = waiting
    .filter(({ subject }) => typed.chosen.has(subject))
    .map(({ subjectKind, subject, contentHash }) => ({
      subjectKind,
      subject,
      contentHash,
      meaning: typed.meanings[subjectKind],
    }));

  const sign = async (): Promise<void> => {
    const missing = [...(items.length === 0 ? [NOTHING_CHOSEN] : []), ...confirmation.missing()];
    setFailures(missing);
    if (missing.length > 0) return;
    setPending(true);
    const key = JSON.stringify(items);
    const id = list.key === key ? list.id : newEntryId();
    setList({ key, id });
    const sent = await send("POST", `/api/v1/studies/${encodeURIComponent(code)}/signatures`, {
      id,
      ...confirmation.sent(),
      items,
    });
    setPending(false);
    confirmation.clear();
    if (sent.kind === "done") {
      setTyped(NOTHING);
      router.refresh();
      return;
    }
    const faults = faultsOf(sent);
    confirmation.refused(faults);
    setFailures(faults);
  };
  return { typed, setTyped, confirmation, count: items.length, pending, failures, sign };
};

const signWords = (count: number): string => {
  if (count === 0) return "Sign what is chosen";
  return count === 1 ? "Sign 1 item" : `Sign ${String(count)} items`;
};

/** Everything that waits, read as one list; what is chosen is signed at once with one password. */
export const WaitingList = ({ code, waiting, timeZone, hrefs, signer }: WaitingListProps) => {
  const { typed, setTyped, confirmation, count, pending, failures, sign } = useSigning({ code, waiting, signer });
  const summary = useErrorFocus(failures);
  const submitted = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void sign();
  };
  const choose = (subjects: readonly string[], isChosen: boolean): void => {
    const chosen = new Set(typed.chosen);
    for (const subject of subjects) {
      if (isChosen) chosen.add(subject);
      else chosen.delete(subject);
    }
    setTyped({ ...typed, chosen });
  };
  return (
    <form noValidate onSubmit={submitted} aria-label="What waits for a signature">
      {KINDS.map((kind) => {
        const items = waiting.filter(({ subjectKind }) => subjectKind === kind);
        if (items.length === 0) return null;
        const signing = {
          chosen: typed.chosen,
          onChoose: choose,
          meaning: typed.meanings[kind],
          onMeaning: (meaning: Meaning) => setTyped({ ...typed, meanings: { ...typed.meanings, [kind]: meaning } }),
        };
        return (
          <WaitingTable
            key={kind}
            kind={kind}
            items={items}
            timeZone={timeZone}
            hrefs={hrefs}
            signing={signer === null ? null : signing}
          />
        );
      })}
      {signer === null ? null : (
        <div className="space-y-3 border-t border-hairline px-4 py-3 print:hidden">
          <ErrorSummary
            ref={summary}
            title="Not signed"
            errors={failures.map((fault) => confirmationError("list", fault))}
          />
          <div className="flex flex-wrap items-start gap-3">
            <ConfirmationFields id="list" className="w-full max-w-xs" {...confirmation.fields} />
            <Button type="submit" tone="primary" pending={pending} className="mt-6">
              {pending ? "Signing…" : signWords(count)}
            </Button>
            <span className="mt-8 text-sm text-ink-soft">Printed as: {signer.name}</span>
          </div>
        </div>
      )}
    </form>
  );
};
