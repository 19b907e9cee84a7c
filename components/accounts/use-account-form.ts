import { useRouter } from "next/navigation";
import { type SubmitEvent, useState } from "react";
import { useErrorFocus } from "@/components/ui/use-error-focus";
import { faultsOf, send } from "@/lib/client/send";
import type { FieldFault } from "@/lib/contracts/problem";

type Sending = {
  readonly method: "POST" | "PUT" | "DELETE";
  readonly address: string;
  readonly body: unknown;
};

type AccountForm = {
  /** What is missing before anything is sent, at its field. */
  readonly missing: () => readonly FieldFault[];
  readonly sending: () => Sending;
  /** After an answer of either kind, before anything else: passwords and codes are typed again. */
  readonly answered?: (faults: readonly FieldFault[]) => void;
  /** Takes the answer; without it the page is read again. */
  readonly done?: (body: unknown) => void;
};

/** Sends one form about an account, and says what came of it. */
export const useAccountForm = ({ missing, sending, answered, done }: AccountForm) => {
  const router = useRouter();
  const [isPending, setPending] = useState(false);
  const [faults, setFaults] = useState<readonly FieldFault[]>([]);
  const summary = useErrorFocus(faults);
  const sendForm = async (): Promise<void> => {
    const lacking = missing();
    setFaults(lacking);
    if (lacking.length > 0) return;
    setPending(true);
    const { method, address, body } = sending();
    const sent = await send(method, address, body);
    setPending(false);
    const told = sent.kind === "done" ? [] : faultsOf(sent);
    answered?.(told);
    setFaults(told);
    if (sent.kind !== "done") return;
    if (done === undefined) router.refresh();
    else done(sent.body);
  };
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void sendForm();
  };
  return { isPending, faults, summary, submit };
};
