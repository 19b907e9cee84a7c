import "server-only";
import type { ProtocolSettings } from "@/lib/contracts/protocol";
import { fieldRefusal, refusal } from "@/lib/contracts/problem";
import type { FieldFault, Refusal } from "@/lib/contracts/problem";
import { readDoseGroups } from "@/lib/domain/record/read-dose-groups";
import { readProtocol } from "@/lib/domain/record/read-protocol";
import type { BundleFault } from "@/lib/domain/record/check";
import { protocolDocument } from "@/lib/domain/record/write-protocol";
import { parseInstant } from "@/lib/domain/time/instant";
import { edgeOrderFindings } from "@/lib/domain/study/check-counts";
import { levelsOfGroups } from "@/lib/domain/study/dose-group";
import type { DoseGroup } from "@/lib/domain/study/dose-group";
import type { Protocol } from "@/lib/domain/study/protocol";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import type { StoredProtocol } from "./protocol-rows";

/** A draft that can be stored. */
export type Draft = { readonly settings: Readonly<Record<string, unknown>>; readonly groups: readonly DoseGroup[] };

const fieldFault = ({ path, message }: BundleFault): FieldFault => ({ path, code: "INVALID_PROTOCOL", message });

/** Cut-offs out of order, every one of them where it stands; the reader would stop at the first block. */
const orderFaults = ({ neutrophils, platelets }: ProtocolSettings): readonly FieldFault[] => [
  ...edgeOrderFindings("neutrophils", neutrophils ?? {}).map(fieldFault),
  ...edgeOrderFindings("platelets", platelets ?? {}).map(fieldFault),
];

/** The reader's fault gives way to those that name the very cut-offs. */
const withOrder = (wanted: ProtocolSettings, fault: BundleFault): readonly FieldFault[] => {
  const ordered = orderFaults(wanted);
  return ordered.some(({ path }) => path.startsWith(`${fault.path}.`)) ? ordered : [...ordered, fieldFault(fault)];
};

const invalid = (faults: readonly FieldFault[]): Result<never, Refusal> => {
  const [first] = faults;
  return refused(refusal("INVALID_PROTOCOL", `${first?.path ?? "$"} ${first?.message ?? "is not valid"}.`, faults));
};

const wrongVersion = ({ version }: ProtocolSettings, expected: number): Refusal | null =>
  version === undefined || version === null || version === expected
    ? null
    : fieldRefusal("INVALID_INPUT", "version", `must be ${String(expected)}: that is the draft's number`);

/** With every default written out; what nobody has chosen yet is left open. */
const settingsOf = (
  protocol: Protocol,
  { resumePolicy: wanted }: ProtocolSettings,
): Readonly<Record<string, unknown>> => {
  const { resumePolicy, ...settings } = protocolDocument(protocol);
  return { ...settings, ...(wanted === undefined || wanted === null ? {} : { resumePolicy }) };
};

/** The first version with its dose groups, by the domain's own readers: form, API and bundle take and refuse the same. */
export const readFirstDraft = (wanted: ProtocolSettings): Result<Draft, Refusal> => {
  const version = wrongVersion(wanted, 1);
  if (version !== null) return refused(version);
  if (wanted.groups === undefined || wanted.groups === null)
    return refused(fieldRefusal("INVALID_INPUT", "groups", "is missing: the first version has the dose groups"));
  const groups = readDoseGroups({ groups: wanted.groups }, "");
  const levels = wanted.doseLevels ?? (groups.ok ? levelsOfGroups(groups.value).map((level) => level.toNumber()) : []);
  const protocol = readProtocol({ ...wanted, version: 1, doseLevels: levels }, "");
  const levelsUnknown = (wanted.doseLevels ?? null) === null && !groups.ok;
  if (protocol.ok && groups.ok)
    return ok({ settings: { ...settingsOf(protocol.value, wanted), version: 1 }, groups: groups.value });
  return invalid([
    ...(protocol.ok || (levelsUnknown && protocol.fault.path === "doseLevels")
      ? []
      : withOrder(wanted, protocol.fault)),
    ...(groups.ok ? [] : [fieldFault(groups.fault)]),
  ]);
};

/** What an imported version says of the groups goes on with the next one: its export names them still. */
const keptGroups = ({ row }: StoredProtocol): object => {
  const groups = row.settings["groups"];
  return groups === undefined ? {} : { groups };
};

/** The amendment of a version: all of its settings, its reason, and from when it is to be in force. */
export const readAmendment = (wanted: ProtocolSettings, base: StoredProtocol): Result<Draft, Refusal> => {
  const { groups, reason, effectiveFrom, ...settings } = wanted;
  const version = base.row.version + 1;
  const wrong = wrongVersion(wanted, version);
  if (wrong !== null) return refused(wrong);
  if (groups !== undefined && groups !== null) {
    const message = "must be left out: the dose groups of a signed protocol stay as they are, and so do their ladders";
    return refused(fieldRefusal("GROUPS_FIXED", "groups", message));
  }
  const instant = effectiveFrom === undefined || effectiveFrom === null ? null : parseInstant(effectiveFrom);
  if (instant === null && (effectiveFrom ?? null) !== null) {
    const message = "must be an instant, such as 2026-03-02T09:00:00Z, or be left out: then it is the signature’s";
    return refused(fieldRefusal("INVALID_INPUT", "effectiveFrom", message));
  }
  const doseLevels = settings.doseLevels ?? base.protocol.doseLevels.map((level) => level.toNumber());
  const protocol = readProtocol({ ...settings, version, effectiveFrom: null, doseLevels }, "");
  if (!protocol.ok) return invalid(withOrder(wanted, protocol.fault));
  return ok({
    settings: {
      ...settingsOf(protocol.value, wanted),
      version,
      effectiveFrom: instant?.text ?? null,
      reason: (reason ?? "") === "" ? null : reason,
      ...keptGroups(base),
    },
    groups: [],
  });
};
