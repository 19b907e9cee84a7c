"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Disclosure } from "@/components/ui/disclosure";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import type { OwnAccount } from "@/lib/contracts/accounts";
import { RecoveryCodes } from "./recovery-codes";
import { RemoveOwnFactor } from "./remove-own-factor";
import { SetUpFactor } from "./set-up-factor";

type SecondFactorPanelProps = {
  readonly secondFactor: OwnAccount["secondFactor"];
  /** Since when, in words; empty where none is set. */
  readonly since: string;
};

/** So few that one should think of new ones. */
const FEW_CODES = 3;

const codesLeft = (left: number): string => {
  if (left === 0) return "No recovery code is left.";
  return left === 1 ? "1 recovery code is left." : `${String(left)} recovery codes are left.`;
};

const InForce = ({ recoveryCodesLeft, readable }: NonNullable<OwnAccount["secondFactor"]>) => (
  <>
    <p>
      At sign-in and wherever you sign, a code of your app is asked for beside the password.{" "}
      {codesLeft(recoveryCodesLeft)}
    </p>
    {readable ? null : (
      <Notice tone="stopped" title="Codes of your app cannot be checked.">
        The secret of this server has changed since. Take the second factor off with a recovery code and set it up
        again, or ask an administrator to take it off.
      </Notice>
    )}
    {readable && recoveryCodesLeft < FEW_CODES ? (
      <Notice tone="waiting" title="Few recovery codes are left.">
        For ten new ones, take the second factor off and set it up again.
      </Notice>
    ) : null}
    <Disclosure summary="Take it off…">
      <RemoveOwnFactor />
    </Disclosure>
  </>
);

/** Whether codes are asked for beside the password, and how to set that or take it off. */
export const SecondFactorPanel = ({ secondFactor, since }: SecondFactorPanelProps) => {
  const router = useRouter();
  const [newCodes, setNewCodes] = useState<readonly string[] | null>(null);
  const wasSet = (codes: readonly string[]): void => {
    setNewCodes(codes);
    // The other forms of the page ask for a code from now on.
    router.refresh();
  };
  // Until the page has been read again.
  const notYet = newCodes === null ? "not set" : "set just now";
  return (
    <Panel title="Second factor" note={secondFactor === null ? notYet : `set ${since}`}>
      <div className="max-w-2xl space-y-3">
        {newCodes !== null ? (
          <RecoveryCodes codes={newCodes} onDone={() => setNewCodes(null)} />
        ) : secondFactor === null ? (
          <SetUpFactor onSet={wasSet} />
        ) : (
          <InForce {...secondFactor} />
        )}
      </div>
    </Panel>
  );
};
