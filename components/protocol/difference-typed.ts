import { readProtocol } from "@/lib/domain/record/read-protocol";
import { protocolDifference, type ProtocolChange } from "@/lib/domain/study/difference";
import type { Protocol } from "@/lib/domain/study/protocol";
import { type Amending, protocolDocumentOf, type ProtocolFormValues } from "./protocol-form-values";

const protocolOf = (settings: object): Protocol | null => {
  const read = readProtocol({ ...settings, version: 1, effectiveFrom: null }, "");
  return read.ok ? read.value : null;
};

/** What the form changes of the version that it amends, as it stands typed; null while it cannot be read. */
export const typedDifference = (
  values: ProtocolFormValues,
  amending: NonNullable<Amending>,
): readonly ProtocolChange[] | null => {
  const { document, faults } = protocolDocumentOf(values, amending);
  const [before, after] = [protocolOf(amending.base), faults.length > 0 ? null : protocolOf(document)];
  return before === null || after === null ? null : protocolDifference(before, after);
};
