import { isLaboratoryTerm } from "../grading/criteria";
import type { Protocol } from "../study/protocol";

/** A toxicity of its own, beside the neutropenia; named like the rule that opens it. */
export const FEBRILE_NEUTROPENIA = "FEBRILE_NEUTROPENIA";

/** A laboratory term is a toxicity only where the protocol lets it hold. */
export const isToxicity = (term: string, { laboratoryTerms }: Pick<Protocol, "laboratoryTerms">): boolean =>
  !isLaboratoryTerm(term) || laboratoryTerms.get(term) === "hold";
