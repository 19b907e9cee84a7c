import { SignatureLine } from "@/components/signatures/signature-line";
import { WhatIfPanel } from "@/components/protocol/what-if-panel";
import type { ProtocolVersion } from "@/lib/contracts/protocol";
import type { Actor } from "@/lib/server/command/actor";
import { listAnimals } from "@/lib/server/operations/animals/list-animals";
import { animalAddress } from "../study-address";

type WhatIfProps = { readonly actor: Actor; readonly code: string; readonly protocol: ProtocolVersion };

/** The recorded data replayed by this version, or by another reading of its counts. */
export const WhatIf = async ({ actor, code, protocol }: WhatIfProps) => {
  const listed = await listAnimals(actor, code);
  const animals = listed.ok ? listed.value.animals : [];
  return (
    <WhatIfPanel
      key={`${String(protocol.version)} ${protocol.savedAt}`}
      code={code}
      version={protocol.version}
      isDraft={protocol.status === "DRAFT"}
      animals={animals.map(({ id }) => ({ tag: id, href: animalAddress(code, id) }))}
    />
  );
};

/** Who signed the version, and whether it is still what was signed. */
export const VersionSignature = ({
  protocol,
  timeZone,
}: {
  readonly protocol: ProtocolVersion;
  readonly timeZone: string;
}) =>
  protocol.signature === null ? (
    <p className="text-ink-soft">
      {protocol.status === "IMPORTED"
        ? "Imported, not signed here: it came with the study’s bundle."
        : protocol.status === "DRAFT"
          ? "Not signed: it judges nothing yet."
          : "Signed before signatures were kept by themselves; name and instant stand above."}
    </p>
  ) : (
    <SignatureLine signature={protocol.signature} timeZone={timeZone} />
  );
