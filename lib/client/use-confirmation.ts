import { useState } from "react";
import type { Confirmation } from "../contracts/confirmation";
import type { FieldFault } from "../contracts/problem";

const NOTHING = { password: "", code: "" } as const;

const endsWith = (path: string, field: "password" | "code"): boolean => path === field || path.endsWith(`.${field}`);

/** Password and code as they are typed to confirm something. They are kept nowhere but in this state. */
export const useConfirmation = (hasSecondFactor: boolean) => {
  const [typed, setTyped] = useState<{ readonly password: string; readonly code: string }>(NOTHING);
  /** Set in another window meanwhile: the server asks for a code that this page did not know of. */
  const [isAsked, setAsked] = useState(false);
  const asksCode = hasSecondFactor || isAsked;
  const { password, code } = typed;
  return {
    /** For the fields; without a code where none is asked for. */
    fields: {
      password,
      code: asksCode ? code : null,
      onPassword: (value: string) => setTyped({ ...typed, password: value }),
      onCode: (value: string) => setTyped({ ...typed, code: value }),
    },
    /** What is not typed yet, at its field. */
    missing: (): readonly FieldFault[] => [
      ...(password === "" ? [{ path: "password", code: "REQUIRED", message: "Type your password." }] : []),
      ...(asksCode && code.trim() === ""
        ? [{ path: "code", code: "REQUIRED", message: "Type the code that your app shows, or a recovery code." }]
        : []),
    ],
    sent: (): Confirmation => (asksCode ? { password, code } : { password }),
    /** After it was sent: a password is typed each time, and a code is worth nothing any more. */
    clear: () => setTyped(NOTHING),
    refused: (faults: readonly FieldFault[]) => setAsked(isAsked || faults.some(({ path }) => endsWith(path, "code"))),
  };
};

/** A fault as a line of a summary, at its field among those that begin with `id`. */
export const confirmationError = (id: string, { path, message }: Pick<FieldFault, "path" | "message">) => ({
  message,
  fieldId: `${id}-${endsWith(path, "code") ? "code" : "password"}`,
});
