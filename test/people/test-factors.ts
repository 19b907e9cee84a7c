import { TOTP } from "otpauth";
import { expect } from "vitest";
import type { Actor } from "@/lib/server/command/actor";
import { beginSecondFactor } from "@/lib/server/operations/accounts/begin-second-factor";
import { setSecondFactor } from "@/lib/server/operations/accounts/set-second-factor";
import { PASSWORD } from "./test-people";

/** An app with the secret of an account, as a person holds it. */
export type TestApp = {
  readonly recoveryCodes: readonly string[];
  /** A code that the server takes, and that it has not had yet; after the set-up there are two without waiting. */
  readonly nextCode: () => string;
  /** Six digits that are the code of no step near now. */
  readonly wrongCode: () => string;
};

const STEP_MS = 30_000;

/** Codes from the earliest step on that still counts, none twice. */
export const appOf = (secret: string): Omit<TestApp, "recoveryCodes"> => {
  const totp = new TOTP({ secret, algorithm: "SHA1", digits: 6, period: 30 });
  const codeAt = (step: number): string => totp.generate({ timestamp: step * STEP_MS });
  const nowStep = (): number => Math.floor(Date.now() / STEP_MS);
  let last = 0;
  return {
    nextCode: () => {
      last = Math.max(last + 1, nowStep() - 1);
      return codeAt(last);
    },
    wrongCode: () => {
      const near = new Set([-3, -2, -1, 0, 1, 2, 3].map((drift) => codeAt(nowStep() + drift)));
      return (
        ["000000", "111111", "222222", "333333", "444444", "555555", "666666", "777777"].find(
          (code) => !near.has(code),
        ) ?? ""
      );
    },
  };
};

/** Sets a second factor for an account of the tests, through what its page does. */
export const setFactorOf = async (actor: Actor): Promise<TestApp> => {
  const begun = await beginSecondFactor(actor, { password: PASSWORD });
  if (!begun.ok) throw new Error(begun.fault.detail);
  const app = appOf(begun.value.secret);
  const set = await setSecondFactor(actor, { code: app.nextCode() });
  expect(set).toMatchObject({ ok: true });
  return { ...app, recoveryCodes: set.ok ? set.value.recoveryCodes : [] };
};
