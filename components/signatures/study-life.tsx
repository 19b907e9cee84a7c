import { Disclosure } from "@/components/ui/disclosure";
import { Notice } from "@/components/ui/notice";
import type { Signer } from "@/lib/contracts/confirmation";
import type { ShownSignature } from "@/lib/contracts/signatures";
import type { Study } from "@/lib/contracts/studies";
import { SignPanel } from "./sign-panel";
import { SignatureLine } from "./signature-line";

type StudyLifeProps = {
  readonly study: Pick<Study, "code" | "status" | "timeZone">;
  /** Of locks, unlocks and the archive, oldest first. */
  readonly steps: readonly ShownSignature[];
  /** Who may take the next step; null for everybody else. */
  readonly signer: Signer | null;
  /** How many things still wait for a signature or a review. */
  readonly waiting: number;
};

const STATES: Readonly<Record<Study["status"], { readonly word: string; readonly means: string }>> = {
  DRAFT: { word: "Draft", means: "The protocol is not signed yet; baselines can be recorded." },
  ACTIVE: { word: "Active", means: "Entries are recorded and judged." },
  LOCKED: {
    word: "Locked",
    means: "The data are complete: nothing is entered, corrected or changed until it is unlocked.",
  },
  ARCHIVED: { word: "Archived", means: "It is read, exported and verified for good, and nothing is changed any more." },
};

const STEP_WORDS: Readonly<Record<string, string>> = { lock: "Locked", unlock: "Unlocked", archive: "Archived" };

const stepAddress = (code: string, step: string): string => `/api/v1/studies/${encodeURIComponent(code)}/${step}`;

const LockPanel = ({
  code,
  signer,
  waiting,
}: {
  readonly code: string;
  readonly signer: Signer;
  readonly waiting: number;
}) => (
  <Disclosure summary="Lock the study…" className="print:hidden">
    <SignPanel
      kind="lock"
      signer={signer}
      address={stepAddress(code, "lock")}
      body={{}}
      submit="Sign and lock the study"
      reason={{
        name: "reason",
        label: "Why it is locked",
        hint: "It is signed, and shown on every page of the study.",
      }}
    >
      <p className="text-ink-soft">
        Nobody can enter, correct or change anything then, nor register animals, amend the protocol or change who writes
        in it. It can be unlocked with a reason.
      </p>
      {waiting === 0 ? null : (
        <Notice tone="waiting" title={waiting === 1 ? "1 item still waits." : `${String(waiting)} items still wait.`}>
          They can be signed while it is locked; what they say can be corrected only before.
        </Notice>
      )}
    </SignPanel>
  </Disclosure>
);

const UnlockPanels = ({ code, signer }: { readonly code: string; readonly signer: Signer }) => (
  <div className="space-y-1 print:hidden">
    <Disclosure summary="Unlock the study…">
      <SignPanel
        kind="unlock"
        signer={signer}
        address={stepAddress(code, "unlock")}
        body={{}}
        submit="Sign and unlock the study"
        reason={{ name: "reason", label: "Why it is opened again", hint: "It is signed, and stays with the study." }}
      >
        <p className="text-ink-soft">
          Entries are taken again. The lock stays signed; the first entry after it shows that signature as broken.
        </p>
      </SignPanel>
    </Disclosure>
    <Disclosure summary="Archive the study for good…">
      <SignPanel
        kind="archive"
        signer={signer}
        address={stepAddress(code, "archive")}
        body={{}}
        submit="Sign and archive the study"
        reason={{ name: "reason", label: "Why it is archived", hint: "It is signed, and stays with the study." }}
      >
        <Notice tone="stopped" title="Nobody can take this back.">
          An archived study is read, exported and verified, and never changed again.
        </Notice>
      </SignPanel>
    </Disclosure>
  </div>
);

/** Where a study stands in its life, how it came there, and the next step for who may take it. */
export const StudyLife = ({ study, steps, signer, waiting }: StudyLifeProps) => {
  const { code, status, timeZone } = study;
  return (
    <div className="space-y-3">
      <p>
        <strong className="font-semibold">{STATES[status].word}.</strong> {STATES[status].means}
      </p>
      {steps.length === 0 ? null : (
        <ol className="space-y-2">
          {steps.toReversed().map((signature) => (
            <li key={signature.id} className="keep-together border-l-2 border-hairline pl-3">
              <p>
                {STEP_WORDS[signature.subjectKind] ?? ""} with {signature.says}: {signature.reason}
              </p>
              <SignatureLine signature={signature} timeZone={timeZone} />
            </li>
          ))}
        </ol>
      )}
      {signer !== null && status === "ACTIVE" ? <LockPanel code={code} signer={signer} waiting={waiting} /> : null}
      {signer !== null && status === "LOCKED" ? <UnlockPanels code={code} signer={signer} /> : null}
    </div>
  );
};
