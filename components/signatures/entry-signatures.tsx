import { Badge } from "@/components/ui/badge";
import type { ShownSignature } from "@/lib/contracts/signatures";
import { SignatureLine } from "./signature-line";

type EntrySignaturesProps = {
  readonly signatures: readonly ShownSignature[];
  /** Whether the entry waits for the study director's signature. */
  readonly waits: boolean;
  /** An order that came with a bundle, and was signed, if at all, where that was made. */
  readonly imported: boolean;
  readonly timeZone: string;
};

/** The signatures of an entry where the entry stands, or why there is none. */
export const EntrySignatures = ({ signatures, waits, imported, timeZone }: EntrySignaturesProps) => (
  <>
    {waits ? <Badge tone="waiting">to be signed</Badge> : null}
    {imported && signatures.length === 0 ? <Badge>imported, not signed here</Badge> : null}
    {signatures.map((signature) => (
      <SignatureLine key={signature.id} signature={signature} timeZone={timeZone} />
    ))}
  </>
);
