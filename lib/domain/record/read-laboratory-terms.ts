import { HOLDING_LABORATORY_TERMS, isLaboratoryTerm, LABORATORY_TERMS, type LaboratoryTerm } from "../grading/criteria";
import type { LaboratoryUse, Protocol } from "../study/protocol";
import { at, fail, isAbsent, readObject, readOneOf, valueOf, type JsonObject } from "./check";
import { compareCodePoints } from "./code-points";

/** The laboratory terms that a protocol version names: those of the table in its order, then unknown ones are a fault. */
export const readLaboratoryTerms = (protocol: JsonObject, path: string): Protocol["laboratoryTerms"] => {
  const where = at(path, "laboratoryTerms");
  const given = readObject(valueOf(protocol, "laboratoryTerms") ?? {}, where);
  const terms = new Map<LaboratoryTerm, LaboratoryUse>();
  for (const term of LABORATORY_TERMS) {
    if (isAbsent(valueOf(given, term))) continue;
    const use = readOneOf(given, where, term, ["grade", "hold"] as const);
    if (use === "hold" && !HOLDING_LABORATORY_TERMS.has(term)) fail(at(where, term), "can be graded, but cannot hold");
    terms.set(term, use);
  }
  const unknown = Object.keys(given).filter((key) => !isLaboratoryTerm(key) && !isAbsent(valueOf(given, key)));
  const [first] = unknown.sort(compareCodePoints);
  return first === undefined ? terms : fail(at(where, first), "is not a laboratory term");
};
