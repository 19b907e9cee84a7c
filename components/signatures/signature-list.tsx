import { Badge } from "@/components/ui/badge";
import type { ShownSignature } from "@/lib/contracts/signatures";
import { subjectWord } from "@/lib/domain/language/signature-words";
import { SignatureLine } from "./signature-line";

type SignatureListProps = {
  readonly signatures: readonly ShownSignature[];
  readonly timeZone: string;
  readonly hrefOf: (signature: ShownSignature) => string | null;
};

const Signed = ({ signature, href }: { readonly signature: ShownSignature; readonly href: string | null }) => {
  const { animal, says } = signature;
  const words = animal === null ? says : `${animal}: ${says}`;
  return href === null ? (
    <>{words}</>
  ) : (
    <a href={href} className="underline-offset-2 hover:underline">
      {words}
    </a>
  );
};

/** Every signature, the latest first: what was signed, why, by whom, when, as what, and whether it still stands. */
export const SignatureList = ({ signatures, timeZone, hrefOf }: SignatureListProps) => (
  <ol>
    {signatures.toReversed().map((signature) => (
      <li
        key={signature.id}
        className="keep-together border-b border-hairline px-4 py-2.5 last:border-b-0 print:px-0"
        data-signature={signature.id}
      >
        <p className="font-medium">
          {subjectWord(signature.subjectKind)}, <Signed signature={signature} href={hrefOf(signature)} />{" "}
          {signature.list === null ? null : <Badge>signed in a list</Badge>}
        </p>
        {signature.reason === null ? null : <p className="text-sm text-ink-soft">Reason: {signature.reason}</p>}
        <SignatureLine signature={signature} timeZone={timeZone} />
      </li>
    ))}
  </ol>
);
