import type { FieldErrors, Resolver } from "react-hook-form";
import { protocolSettings } from "@/lib/contracts/protocol";
import { readInput } from "@/lib/contracts/field-faults";
import type { FieldFault } from "@/lib/contracts/problem";
import { readDoseGroups } from "@/lib/domain/bundle/read-dose-groups";
import { readProtocol } from "@/lib/domain/bundle/read-protocol";
import { levelsOfGroups } from "@/lib/domain/protocol/dose-group";
import { protocolDocumentOf, type ProtocolFormValues } from "./protocol-form-values";

/** What is wrong with the form: by the API's schema, then by the reader that also reads bundles and requests. */
export const faultsInForm = (values: ProtocolFormValues): readonly FieldFault[] => {
  const { document, faults } = protocolDocumentOf(values);
  if (faults.length > 0) return faults;
  const read = readInput(protocolSettings, document);
  if (!read.ok) return read.fault;
  const groups = readDoseGroups(document, "");
  const levels = groups.ok ? levelsOfGroups(groups.value).map((level) => level.toNumber()) : [1];
  const settings = readProtocol({ ...document, version: 1, doseLevels: levels.length > 0 ? levels : [1] }, "");
  return [groups, settings].flatMap((result) => (result.ok ? [] : [{ ...result.fault, code: "INVALID_PROTOCOL" }]));
};

/** `groups[0].doseLevels[2]` → `groups.0.doseLevels`: the field of the form that holds it. */
export const fieldOfPath = (path: string): string => {
  const dotted = path.replace(/\[(\d+)\]/gu, ".$1");
  const parts = dotted.split(".");
  if (parts[0] === "groups" && parts.length > 3) return parts.slice(0, 3).join(".");
  if (dotted === "neutrophils" || dotted === "platelets") return `${dotted}.grade3Below`;
  if (/^referenceRanges\.\w+$/u.test(dotted))
    return `${dotted}.${/alt|ast|bilirubin/u.test(dotted) ? "upper" : "lower"}`;
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
export const resolveProtocolForm: Resolver<ProtocolFormValues> = (values) => {
  const faults = faultsInForm(values);
  if (faults.length === 0) return { values, errors: {} };
  const errors: Record<string, unknown> = {};
  for (const { path, message } of faults) place(errors, fieldOfPath(path), message);
  return { values: {}, errors: errors as FieldErrors<ProtocolFormValues> };
};
