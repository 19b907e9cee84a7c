import { Badge } from "@/components/ui/badge";
import type { ShownSignature } from "@/lib/contracts/signatures";
import { SignatureLine } from "./signature-line";

type EntrySignaturesProps = {
  readonly signatures: readonly ShownSignature[];
  /** Whether the entry waits for the study director's signature. */
  readonly waits: boolean;
  readonly timeZone: string;
};

/** The signatures of an entry where the entry stands, or that it waits for one. */
export const EntrySignatures = ({ signatures, waits, timeZone }: EntrySignaturesProps) => (
  <>
    {waits ? <Badge tone="waiting">to be signed</Badge> : null}
    {signatures.map((signature) => (
      <SignatureLine key={signature.id} signature={signature} timeZone={timeZone} />
    ))}
  </>
);
