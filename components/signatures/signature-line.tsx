import { Glyph } from "@/components/ui/glyph";
import type { ShownSignature } from "@/lib/contracts/signatures";
import { meaningText } from "@/lib/domain/language/signature-words";
import { instantText } from "./instant-text";

type SignatureLineProps = {
  readonly signature: ShownSignature;
  readonly timeZone: string;
  /** Where an entry can be looked at; without it, its id is only said. */
  readonly entryHref?: ((entry: string) => string) | undefined;
};

const HOW = { corrected: "corrected", voided: "voided", recorded: "followed by an entry" } as const;

const Change = ({ signature: { changedBy }, timeZone, entryHref }: SignatureLineProps) => {
  if (changedBy === null) return <>: its content is not what was signed, and no entry says why</>;
  const { entry, how, at, by } = changedBy;
  return (
    <>
      : {HOW[how]} on {instantText(at, timeZone)}
      {by === null ? null : ` by ${by}`}, entry{" "}
      {entryHref === undefined ? (
        <code className="break-all">{entry}</code>
      ) : (
        <a href={entryHref(entry)} className="break-all underline underline-offset-2">
          {entry}
        </a>
      )}
    </>
  );
};

/** A signature wherever the signed thing is shown, on screen and in print: printed name, instant, meaning, and whether it holds. */
export const SignatureLine = (props: SignatureLineProps) => {
  const { signature, timeZone } = props;
  const { signerName, signerEmail, signedAt, meaning, intact, contentHash } = signature;
  return (
    <p className="text-sm">
      <Glyph
        name={intact ? "check" : "warning"}
        className={`mr-1.5 align-[-0.08em] ${intact ? "text-accent" : "text-stopped"}`}
      />
      <span className={intact ? "" : "line-through decoration-1"}>
        Signed by <strong className="font-semibold">{signerName}</strong>{" "}
        <span className="text-ink-soft">({signerEmail})</span>, {instantText(signedAt, timeZone)}:{" "}
        {meaningText(meaning)}
      </span>
      <span className="text-ink-faint" title={`SHA-256 of what was signed: ${contentHash}`}>
        {" "}
        · content <span className="print:hidden">{contentHash.slice(0, 12)}</span>
        <span className="hidden print:inline">
          SHA-256 <span className="break-all">{contentHash}</span>
        </span>
      </span>
      {intact ? null : (
        <strong className="block font-semibold text-stopped">
          Signature broken by a later change
          <span className="font-normal">
            <Change {...props} />
          </span>
        </strong>
      )}
    </p>
  );
};
