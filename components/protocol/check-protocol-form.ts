import type { FieldErrors, Resolver } from "react-hook-form";
import { protocolSettings } from "@/lib/contracts/protocol";
import { readInput } from "@/lib/contracts/field-faults";
import type { FieldFault } from "@/lib/contracts/problem";
import { gradingLimit, RANGED_MEASUREMENTS } from "@/lib/domain/grading/criteria";
import { readDoseGroups } from "@/lib/domain/record/read-dose-groups";
import { readProtocol } from "@/lib/domain/record/read-protocol";
import { edgeOrderFindings } from "@/lib/domain/study/check-counts";
import { levelsOfGroups } from "@/lib/domain/study/dose-group";
import { type Amending, protocolDocumentOf, type ProtocolFormValues } from "./protocol-form-values";

const invalid = ({ path, message }: { readonly path: string; readonly message: string }): FieldFault => ({
  path,
  message,
  code: "INVALID_PROTOCOL",
});

/** What is wrong with the form: by the API's schema, then by the reader that also reads bundles and requests. */
export const faultsInForm = (values: ProtocolFormValues, amending: Amending): readonly FieldFault[] => {
  const { document, faults } = protocolDocumentOf(values, amending);
  if (faults.length > 0) return faults;
  const read = readInput(protocolSettings, document);
  if (!read.ok) return read.fault;
  const groups = amending === null ? readDoseGroups(document, "") : null;
  const levels = groups?.ok === true ? levelsOfGroups(groups.value).map((level) => level.toNumber()) : [];
  const ownLevels = amending === null ? (levels.length > 0 ? levels : [1]) : document.doseLevels;
  const settings = readProtocol({ ...document, version: 1, effectiveFrom: null, doseLevels: ownLevels }, "");
  const order = [
    ...edgeOrderFindings("neutrophils", document.neutrophils ?? {}),
    ...edgeOrderFindings("platelets", document.platelets ?? {}),
  ];
  const named = settings.ok || order.some(({ path }) => path.startsWith(`${settings.fault.path}.`));
  return [
    ...(groups === null || groups.ok ? [] : [invalid(groups.fault)]),
    ...order.map(invalid),
    ...(settings.ok || named ? [] : [invalid(settings.fault)]),
  ];
};

/** `groups[0].doseLevels[2]` → `groups.0.doseLevels`: the field of the form that holds it. */
export const fieldOfPath = (path: string): string => {
  const dotted = path.replace(/\[(\d+)\]/gu, ".$1");
  const parts = dotted.split(".");
  if (parts[0] === "groups" && parts.length > 3) return parts.slice(0, 3).join(".");
  if (dotted === "neutrophils" || dotted === "platelets") return `${dotted}.grade3Below`;
  const ranged = RANGED_MEASUREMENTS.find((measurement) => dotted === `referenceRanges.${measurement}`);
  if (ranged !== undefined) return `${dotted}.${gradingLimit(ranged)}`;
  return dotted;
};

const place = (errors: Record<string, unknown>, field: string, message: string): void => {
  const parts = field.split(".");
  const last = parts.pop() ?? field;
  let level = errors;
  for (const part of parts) {
    const next = level[part];
    const inner = typeof next === "object" && next !== null ? (next as Record<string, unknown>) : {};
    level[part] = inner;
    level = inner;
  }
  level[last] ??= { type: "invalid", message };
};

/** One resolver over the schema of the API and the reader of the domain: the form knows no rule of its own. */
export const protocolFormResolver =
  (amending: Amending): Resolver<ProtocolFormValues> =>
  (values) => {
    const faults = faultsInForm(values, amending);
    if (faults.length === 0) return { values, errors: {} };
    const errors: Record<string, unknown> = {};
    for (const { path, message } of faults) place(errors, fieldOfPath(path), message);
    return { values: {}, errors: errors as FieldErrors<ProtocolFormValues> };
  };
